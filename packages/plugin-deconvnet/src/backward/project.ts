import {
  type BackwardPolicy,
  type LayerName,
  type Model,
  type Shape,
  strongestUnit,
  type TargetReference,
  type Unit,
} from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { activationOf } from './activation-of.js';
import { locate } from './locate.js';
import { oneHots, type Signal, signalAt, signalAtStrongest, VALUE } from './signal.js';

/** What one unit's signal is at the picture. */
export interface Projection {
  readonly layer: LayerName;
  /** The channel, and its position unless the signal started from the whole map. */
  readonly unit: Unit;
  /** Activation of the unit, summed over the map if the signal started from all of it. */
  readonly value: number;
  /** Signed, [H, W, C]; with a signal of one and the true gradient: units of the unit per input unit. */
  readonly values: Float32Array;
  readonly shape: Shape;
}

export interface ProjectionRequest {
  /** All on one layer. */
  readonly targets: readonly TargetReference[];
  readonly policy: BackwardPolicy;
  readonly signal: Signal;
  /** The signal starts from every position of the channel. */
  readonly wholeMap: boolean;
  /** Most targets in one pass. */
  readonly batchSize: number;
  readonly abort: AbortSignal;
}

/** Places signals at units and carries them down to the picture [1, H, W, C] under a policy, a batch of units in one pass. */
export async function* projectUnits(model: Model, picture: Tensor4D, request: ProjectionRequest): AsyncGenerator<Projection> {
  const { targets, batchSize, wholeMap } = request;
  const starts = await locate(model, picture, targets, { wholeMap, onePass: targets.length === 1 });
  if (starts[0] === 'strongest') return yield await projectStrongest(model, picture, request);
  const units = starts.flatMap((start) => (start === 'strongest' ? [] : [start]));
  const size = Math.ceil(units.length / Math.ceil(units.length / batchSize));
  for (let from = 0; from < units.length; from += size) {
    request.abort.throwIfAborted();
    yield* await projectBatch(model, picture, units.slice(from, from + size), request);
  }
}

/** Carries down one target's signal. */
export async function projectUnit(
  model: Model,
  picture: Tensor4D,
  target: TargetReference,
  { policy, signal = 'one', abort }: { readonly policy: BackwardPolicy; readonly signal?: Signal; readonly abort: AbortSignal },
): Promise<Projection> {
  for await (const projection of projectUnits(model, picture, { targets: [target], policy, signal, wholeMap: false, batchSize: 1, abort }))
    return projection;
  throw new Error('projectUnit: no projection of one target');
}

async function projectBatch(
  model: Model,
  picture: Tensor4D,
  units: readonly Unit[],
  { targets, policy, signal, abort }: ProjectionRequest,
): Promise<readonly Projection[]> {
  const layer = targets[0]?.layer.name ?? '';
  const batch: Tensor4D = units.length === 1 ? picture.clone() : tf.tile(picture, [units.length, 1, 1, 1]);
  try {
    const { gradient, perPicture } = await model.gradient(batch, signalAt(layer, units, signal), { policy, signal: abort });
    const values = perPicture.get(VALUE) ?? new Float32Array();
    const { data, shape } = await numbersOf(gradient).finally(() => gradient.dispose());
    const length = data.length / units.length;
    return units.map((unit, i) => {
      const part = data.slice(i * length, (i + 1) * length);
      return { layer, unit, value: values[i] ?? Number.NaN, values: part, shape };
    });
  } finally {
    batch.dispose();
  }
}

/** The strongest channel of a layer of one position, found and carried down in one pass. */
async function projectStrongest(model: Model, picture: Tensor4D, request: ProjectionRequest): Promise<Projection> {
  const { targets, policy, signal, abort } = request;
  const { name: layer, outputShape } = targets[0]?.layer ?? { name: '', outputShape: [1, 1, 0] };
  const columns = oneHots(outputShape[2]);
  try {
    const options = { policy, wanted: [layer], signal: abort };
    const { gradient, activations, perPicture } = await model.gradient(picture, signalAtStrongest(layer, columns), options);
    const read = async () => [await numbersOf(gradient), await activationOf(activations, layer).data()] as const;
    const [{ data, shape }, scores] = await read().finally(() => tf.dispose([gradient, ...activations.values()]));
    const unit: Unit = { channel: strongestUnit(scores, [1, 1, outputShape[2]]).unit, at: [0, 0] };
    const value = perPicture.get(VALUE)?.[0] ?? Number.NaN;
    if (signal === 'one') return { layer, unit, value, values: data, shape };
    // All policies carry a positive multiple of a signal down as that multiple; a rectifying one stops other signals when it is negative.
    if (value >= 0) return { layer, unit, value, values: data.map((part) => part * value), shape };
    const [projection] = await projectBatch(model, picture, [unit], request);
    return projection ?? { layer, unit, value, values: data, shape };
  } finally {
    columns.dispose();
  }
}

/** What a tensor [N, H, W, C] holds. */
async function numbersOf(tensor: Tensor4D): Promise<{ readonly data: Float32Array; readonly shape: Shape }> {
  const [, height, width, channels] = tensor.shape;
  return { data: await tensor.data<'float32'>(), shape: [height, width, channels] };
}
