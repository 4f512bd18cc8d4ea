import { GRADIENT, GUIDED, type InputSpec, inputRange, type Model, type RunContext, type Target } from '@featurescope/core';
import { nextFrame } from '@tensorflow/tfjs-core';
import { batchSizeFor } from '../strokes/batch-size.js';
import { batchOf } from '../strokes/score.js';
import { STEPS, type StrokeSaliencyOptions } from './options.js';

/** A drawing and an empty canvas in the network's input units, [H, W, C] each. */
export interface Pictures {
  readonly drawing: Float32Array;
  readonly empty: Float32Array;
}

/** Passes that `attributed` makes. */
export const passCount = ({ method, steps = STEPS }: StrokeSaliencyOptions): number => (method === 'integrated-gradients' ? steps : 1);

/**
 * How much each number of the input counts for the target, [H, W, C]; 0 where the drawing does not differ from the empty canvas. With
 * d = drawing − empty: ∂f/∂x ⊙ d, |∂f/∂x| ⊙ |d| / range, guided backprop's signal ⊙ d, or d ⊙ ∫ ∂f/∂x along the straight line from empty to
 * drawing (Sundararajan et al. 2017, equation 1) by the midpoint rule. Gives the number of pictures that have been passed through.
 */
export async function* attributed(
  model: Model,
  target: Target,
  { drawing, empty }: Pictures,
  options: StrokeSaliencyOptions,
  signal: RunContext['signal'],
): AsyncGenerator<number, Float32Array> {
  const steps = passCount(options);
  // The signal is kept for a backward pass, which takes about as much memory again.
  const size = Math.max(1, Math.floor(batchSizeFor(model, [target.layer.name]) / 2));
  const slope = new Float64Array(drawing.length);
  for (let first = 0; first < steps; first += size) {
    signal.throwIfAborted();
    const count = Math.min(size, steps - first);
    const shares = Array.from({ length: count }, (_, i) => (options.method === 'integrated-gradients' ? (first + i + 0.5) / steps : 1));
    const pictures = shares.map((share) => (share === 1 ? drawing : drawing.map((value, i) => between(empty[i] ?? 0, value, share))));
    const slopes = await gradientOf(model, target, pictures, options, signal);
    for (let i = 0; i < slopes.length; i++) slope[i % slope.length] = (slope[i % slope.length] ?? 0) + (slopes[i] ?? 0) / steps;
    await nextFrame();
    signal.throwIfAborted();
    yield first + count;
  }
  const magnitude = options.method === 'gradient';
  const ranges = channelRanges(model.input);
  return drawing.map((value, i) => {
    const change = value - (empty[i] ?? 0);
    return magnitude ? (Math.abs(slope[i] ?? 0) * Math.abs(change)) / (ranges[i % ranges.length] ?? 1) : (slope[i] ?? 0) * change;
  });
}

const between = (from: number, to: number, share: number): number => from + share * (to - from);

/** Gradients of a batch of pictures [H, W, C], one behind the other. */
async function gradientOf(
  model: Model,
  target: Target,
  pictures: readonly Float32Array[],
  { method }: StrokeSaliencyOptions,
  signal: RunContext['signal'],
): Promise<Float32Array> {
  const batch = batchOf(model, ...pictures);
  const policy = method === 'guided-backprop' ? GUIDED : GRADIENT;
  const { gradient } = await model.gradient(batch, target.objective, { policy, signal }).finally(() => batch.dispose());
  return gradient.data<'float32'>().finally(() => gradient.dispose());
}

/** What full ink changes of an empty canvas, in the network's input units, for each channel. */
export function channelRanges(spec: InputSpec): readonly number[] {
  const range = inputRange(spec);
  return Array.from({ length: spec.channels }, (_, c) => (range ? (range.max[c] ?? 1) - (range.min[c] ?? 0) : 255));
}
