import type { Box, Model, Objective, Random } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Parameterisation } from '../parameterisation/parameterisation.js';
import type { Transform } from '../transforms/transform.js';
import { blank, type Canvas, crop, paste, readAll } from './canvas.js';
import { fieldOfCanvas, fieldOfTensor, type GradientField } from './gradient-field.js';

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

/** A parameterisation, transformed at random. */
export function transformed(parameterisation: Parameterisation, transforms: readonly Transform[], random: Random): View {
  const maps = transforms.map((transform, i) => transform.draw(random.fork(i)));
  const look = (parameters: Tensor4D): Tensor4D => maps.reduce((picture, map) => map(picture), parameterisation.picture(parameters));
  return { look, pull: (parameters, gradient) => tf.grad((p) => look(p as Tensor4D))(parameters, gradient) as Tensor4D };
}

export interface EvaluationRequest {
  readonly model: Model;
  readonly objective: Objective;
  /** Left out: the network sees the canvas itself. */
  readonly view?: View;
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
  const seen = view ? tf.tidy(() => view.look(parameters)) : parameters;
  try {
    const { value, terms, gradient, activations } = await model.gradient(seen, objective, { signal, wanted });
    try {
      const { series, notes } = observe ? await observe(activations) : {};
      const named = terms.size > 1 || everySeries ? [...terms] : [];
      const pulled = view ? tf.tidy(() => view.pull(parameters, gradient)) : gradient.clone();
      return { value, series: new Map([...named, ...(series ?? [])]), ...(notes && { notes }), gradient: fieldOfTensor(pulled) };
    } finally {
      tf.dispose([gradient, ...activations.values()]);
    }
  } finally {
    tf.dispose([parameters, seen]);
  }
}

/**
 * Evaluates the whole of a canvas as `place` shows it: moved, what leaves at one border coming back at the opposite one. The gradient comes back in
 * its place.
 */
export async function evaluateMoved(canvas: Canvas, place: Box, evaluateSeen: (seen: Canvas) => Promise<Evaluation>): Promise<Evaluation> {
  if (place.top === 0 && place.left === 0) return evaluateSeen(canvas);
  const seen = await evaluateSeen(crop(canvas, place));
  try {
    const gradient = blank(canvas.shape);
    await pasteField(gradient, place, seen.gradient);
    return { ...seen, gradient: fieldOfCanvas(gradient) };
  } finally {
    seen.gradient.dispose();
  }
}

/** A place moved by up to `jitter` pixels down and to the right, or up and to the left. */
export function jitteredPlace([, height, width]: Canvas['shape'], jitter: number, random: Random): Box {
  const [dy, dx] = [random.integer(-jitter, jitter), random.integer(-jitter, jitter)];
  return { top: -dy, left: -dx, height, width };
}

/** Puts the gradient of a part where the part was taken. */
export async function pasteField(canvas: Canvas, box: Box, field: GradientField): Promise<void> {
  const rows = field.rows({ top: 0, bottom: box.height });
  try {
    paste(canvas, box, { shape: rows.shape, data: (await rows.data()) as Float32Array });
  } finally {
    rows.dispose();
  }
}
