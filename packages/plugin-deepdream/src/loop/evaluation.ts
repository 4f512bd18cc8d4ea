import type { Model, Objective, Random } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Parameterisation } from '../parameterisation/parameterisation.js';
import type { Transform } from '../transforms/transform.js';
import { type Canvas, readAll } from './canvas.js';
import { fieldOfTensor, type GradientField } from './gradient-field.js';
import { shift } from './shift.js';

/** Value and gradient of an objective on a canvas. */
export interface Evaluation {
  readonly value: number;
  /** Numbers of this step by the name of their metric series. */
  readonly series: ReadonlyMap<string, number>;
  /** Numbers that are kept for the result but are no metric. */
  readonly notes?: ReadonlyMap<string, number>;
  readonly gradient: GradientField;
}

/** What is between the canvas and the network. */
export interface View {
  /** Parameters → what the network sees. In a tidy of the caller. */
  look(parameters: Tensor4D): Tensor4D;
  /** Its adjoint at these parameters: gradient of what the network sees → gradient of the parameters. In a tidy of the caller. */
  pull(parameters: Tensor4D, gradient: Tensor4D): Tensor4D;
}

/** A circular shift. */
export const shifted = (dy: number, dx: number): View => ({
  look: (picture) => shift(picture, dy, dx),
  pull: (_, gradient) => shift(gradient, -dy, -dx),
});

/** A circular shift by up to `jitter` pixels. */
export const jittered = (jitter: number, random: Random): View => shifted(random.integer(-jitter, jitter), random.integer(-jitter, jitter));

/** A parameterisation, transformed at random. */
export function transformed(parameterisation: Parameterisation, transforms: readonly Transform[], random: Random): View {
  const maps = transforms.map((transform, i) => transform.draw(random.fork(i)));
  const look = (parameters: Tensor4D): Tensor4D => maps.reduce((picture, map) => map(picture), parameterisation.picture(parameters));
  return { look, pull: (parameters, gradient) => tf.grad((p) => look(p as Tensor4D))(parameters, gradient) as Tensor4D };
}

export interface EvaluationRequest {
  readonly model: Model;
  readonly objective: Objective;
  readonly view: View;
  /** Layers whose activations `observe` reads. */
  readonly wanted?: readonly string[];
  /** Numbers to record besides those of the objective. */
  observe?(
    activations: ReadonlyMap<string, Tensor4D>,
  ): Promise<Pick<Evaluation, 'notes'> & { readonly series?: ReadonlyMap<string, number> }>;
  /** A series for the term of an objective that has one only: for phases that take turns. */
  readonly everySeries?: boolean;
  readonly signal: AbortSignal;
}

/** One pass over the whole canvas. */
export async function evaluate(canvas: Canvas, request: EvaluationRequest): Promise<Evaluation> {
  const { model, objective, view, wanted = [], observe, everySeries = false, signal } = request;
  const parameters = readAll(canvas);
  const seen = tf.tidy(() => view.look(parameters));
  try {
    const { value, terms, gradient, activations } = await model.gradient(seen, objective, { signal, wanted });
    try {
      const { series, notes } = observe ? await observe(activations) : {};
      const named = terms.size > 1 || everySeries ? [...terms] : [];
      return {
        value,
        series: new Map([...named, ...(series ?? [])]),
        ...(notes && { notes }),
        gradient: fieldOfTensor(tf.tidy(() => view.pull(parameters, gradient))),
      };
    } finally {
      tf.dispose([gradient, ...activations.values()]);
    }
  } finally {
    tf.dispose([parameters, seen]);
  }
}
