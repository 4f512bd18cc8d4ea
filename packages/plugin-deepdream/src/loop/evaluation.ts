import type { BackwardPolicy, Box, Model, Objective, Random, ValueAndGradient } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Parameterisation } from '../parameterisation/parameterisation.js';
import type { Transform } from '../transforms/transform.js';
import { blank, type Canvas, readAll } from './canvas.js';
import { roll } from './roll.js';
import type { Workspace } from './workspace.js';

/** Value and gradient of an objective on a canvas. */
export interface Evaluation {
  readonly value: number;
  /** Numbers of this step by the name of their metric series. */
  readonly series: ReadonlyMap<string, number>;
  /** Numbers that are kept for the result but are no metric. */
  readonly notes?: ReadonlyMap<string, number>;
  /** ∂J/∂x, of the shape of the canvas, in plain memory as that is. */
  readonly gradient: Canvas;
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

/** Where the gradient of a picture comes from when its objective is flat: a ReLU that is off lets nothing through. */
export interface Redirection {
  /** Left out: that of the request. */
  readonly objective?: Objective;
  readonly policy?: BackwardPolicy;
}

export interface EvaluationRequest {
  readonly model: Model;
  readonly objective: Objective;
  /** Left out: the network sees the canvas itself. */
  readonly view?: View;
  /** For pictures without any gradient. */
  readonly redirection?: Redirection;
  /** Layers whose activations `observe` reads. */
  readonly wanted?: readonly string[];
  /** Numbers to record besides those of the objective. */
  observe?(
    activations: ReadonlyMap<string, Tensor4D>,
  ): Promise<Pick<Evaluation, 'notes'> & { readonly series?: ReadonlyMap<string, number> }>;
  /** A series for the term of an objective that has one only: for phases that take turns. */
  readonly everySeries?: boolean;
  /** Where the gradient may be written, also the canvas itself; left out: room is made. */
  readonly room?: Canvas;
  readonly signal: AbortSignal;
}

/** One pass over the whole canvas. */
export const evaluate = (canvas: Canvas, request: EvaluationRequest): Promise<Evaluation> =>
  request.view || request.observe || request.redirection ? evaluateTensors(canvas, request) : evaluatePlain(canvas, request);

/** Where nothing but the pass needs the canvas or the gradient: without tensors, as far as the model can. */
async function evaluatePlain(canvas: Canvas, { model, objective, everySeries, room, signal }: EvaluationRequest): Promise<Evaluation> {
  const gradient = room ?? blank(canvas.shape);
  const { value, terms } = await model.plainGradient(canvas, objective, gradient.data, { signal });
  return { value, series: seriesOf(terms, everySeries), gradient };
}

const seriesOf = (terms: ReadonlyMap<string, number>, everySeries = false): ReadonlyMap<string, number> =>
  terms.size > 1 || everySeries ? terms : new Map();

async function evaluateTensors(canvas: Canvas, request: EvaluationRequest): Promise<Evaluation> {
  const { model, objective, view, wanted = [], observe, everySeries, signal } = request;
  const parameters = readAll(canvas);
  let seen = parameters;
  try {
    if (view) seen = tf.tidy(() => view.look(parameters));
    const found = await model.gradient(seen, objective, { signal, wanted });
    const { value, terms, activations } = found;
    try {
      const { series, notes } = observe ? await observe(activations) : {};
      const gradient = await steepest(found, seen, request);
      const data = view ? await pulled(view, parameters, gradient) : gradient.data;
      return {
        value,
        series: new Map([...seriesOf(terms, everySeries), ...(series ?? [])]),
        ...(notes && { notes }),
        gradient: { shape: canvas.shape, data },
      };
    } finally {
      tf.dispose([found.gradient, ...activations.values()]);
    }
  } finally {
    tf.dispose([parameters, seen]);
  }
}

async function pulled(view: View, parameters: Tensor4D, { shape, data }: Canvas): Promise<Float32Array> {
  const tensor = tf.tidy(() => view.pull(parameters, tf.tensor4d(data, [...shape])));
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}

/** The gradient, where it is 0 for a whole picture replaced by the redirected one. */
async function steepest({ gradient }: ValueAndGradient, seen: Tensor4D, request: EvaluationRequest): Promise<Canvas> {
  const { model, redirection, signal } = request;
  const { shape } = gradient;
  const data = (await gradient.data()) as Float32Array;
  const flat = redirection ? flatPictures({ shape, data }) : [];
  if (!redirection || !flat.includes(true)) return { shape, data };
  const { objective = request.objective, policy } = redirection;
  const other = await model.gradient(seen, objective, { signal, ...(policy && { policy }) });
  try {
    const redirected = (await other.gradient.data()) as Float32Array;
    const size = data.length / flat.length;
    const merged = data.slice();
    for (const [n, isFlat] of flat.entries()) if (isFlat) merged.set(redirected.subarray(n * size, (n + 1) * size), n * size);
    return { shape, data: merged };
  } finally {
    tf.dispose([other.gradient, ...other.activations.values()]);
  }
}

/** Which pictures of a batch have no gradient at all. */
export function flatPictures({ shape, data }: Canvas): boolean[] {
  const size = data.length / shape[0];
  return Array.from({ length: shape[0] }, (_, n) => data.subarray(n * size, (n + 1) * size).every((value) => value === 0));
}

/**
 * Evaluates the whole of a canvas as `place` shows it: moved, what leaves at one border coming back at the opposite one. The gradient comes back in
 * its place. `room`: where the gradient of what is seen may be written.
 */
export async function evaluateMoved(
  canvas: Canvas,
  place: Box,
  space: Workspace,
  evaluateSeen: (seen: Canvas, room: Canvas) => Promise<Evaluation>,
): Promise<Evaluation> {
  const gradient = space.scratch('gradient', canvas.shape);
  const { top, left } = place;
  if (top === 0 && left === 0) return evaluateSeen(canvas, gradient);
  const seen = roll(canvas, place, space.scratch('moved', canvas.shape));
  const evaluation = await evaluateSeen(seen, seen);
  return { ...evaluation, gradient: roll(evaluation.gradient, { top: -top, left: -left }, gradient) };
}

/** A place moved by up to `jitter` pixels down and to the right, or up and to the left. */
export function jitteredPlace([, height, width]: Canvas['shape'], jitter: number, random: Random): Box {
  const [dy, dx] = [random.integer(-jitter, jitter), random.integer(-jitter, jitter)];
  return { top: -dy, left: -dx, height, width };
}
