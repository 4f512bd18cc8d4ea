import {
  type BackwardPolicy,
  describeTarget,
  type Model,
  resolveTarget,
  type Shape,
  type Target,
  type TargetReference,
} from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** What one unit's signal is at the picture. */
export interface Projection {
  readonly target: Target;
  /** The target in words. */
  readonly label: string;
  /** Signed, [H, W, C], in units of the unit per input unit. */
  readonly values: Float32Array;
  readonly shape: Shape;
}

export interface ProjectionRequest {
  readonly target: TargetReference;
  readonly policy: BackwardPolicy;
  readonly signal: 'one' | 'activation';
  readonly abort: AbortSignal;
}

/** Places 1 or the activation at one unit and carries it down to the picture [1, H, W, C] under a policy. */
export async function projectUnit(model: Model, picture: Tensor4D, request: ProjectionRequest): Promise<Projection> {
  const { policy, abort } = request;
  const target = await resolveTarget(model, picture, request.target);
  const objective = request.signal === 'activation' ? target.objective.times(target.value) : target.objective;
  const { gradient, activations } = await model.gradient(picture, objective, { policy, signal: abort });
  try {
    const [, height, width, channels] = gradient.shape;
    const values = new Float32Array(await gradient.data());
    return { target, label: describeTarget(model, target), values, shape: [height, width, channels] };
  } finally {
    tf.dispose([gradient, ...activations.values()]);
  }
}
