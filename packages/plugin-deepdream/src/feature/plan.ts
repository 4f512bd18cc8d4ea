import { type Extent, type InputSpec, inferShapes, type Model, type Random } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { modelFor } from '../dream/plan.js';
import { stepSizes } from '../loop/options.js';
import { middleGrey } from '../parameterisation/pixel-units.js';
import { TV_BETA } from '../regularisers/options.js';
import { composeTransforms } from '../transforms/compose.js';
import { defaultTransforms } from '../transforms/defaults.js';
import { parseTransforms } from '../transforms/parse.js';
import type { Transform } from '../transforms/transform.js';
import { needsFourier, needsPixels, noSuchPosition } from './errors.js';
import type { Goal, Goals } from './goals.js';
import type { FeatureOptions } from './options.js';

/** Steps of Fourier coefficients (lucid: 0.05, Adam). */
const FOURIER_STEPS = { adam: 0.05, 'mean-gradient': 0.02 } as const;
/** Steps of pixels, in grey levels. */
const PIXEL_STEPS = { adam: 2, 'mean-gradient': 1.5, fixed: 1 } as const;

/** Pictures of 64×64 that are worked on at once. */
const PICTURES = 64;

/** Everything that is settled before the first step. */
export interface Plan {
  readonly goals: Goals;
  readonly model: Model;
  readonly size: Extent;
  readonly transforms: readonly Transform[];
  /** Per channel of the parameters, or one for all. */
  readonly step: readonly number[];
  /** Pictures that are worked on together. */
  readonly batches: readonly (readonly Goal[])[];
}

/** Settles what the options leave open. @throws FeaturescopeError for what does not go together, and sizes that do not reach the layer */
export async function planOf(given: Model, goals: Goals, options: FeatureOptions, random: Random): Promise<Plan> {
  checkParameterisation(options);
  const { input: spec } = given;
  const size = options.size ?? spec.size;
  const side = Math.min(...size);
  const transforms = options.transforms ? parseTransforms(options.transforms, middleGrey(spec)) : defaultTransforms(side);
  const layers = [goals.layer.name, ...(goals.diverse === undefined ? [] : [goals.diverse])];
  const smallest = smallestSize(transforms, size, spec.channels, random);
  const model = await modelFor(given, layers, smallest, 'feature');
  checkPosition(model, goals, smallest);
  const step =
    options.parameterisation === 'pixel' ? stepSizes(spec, options, PIXEL_STEPS[options.stepRule], 'feature') : fourierStep(spec, options);
  return { goals, model, size, transforms, step, batches: batchesOf(goals, size, options.batchSize) };
}

function fourierStep(spec: InputSpec, options: FeatureOptions): readonly number[] {
  const { step, stepRule } = options;
  if (step === undefined && stepRule !== 'fixed') return [FOURIER_STEPS[stepRule]];
  return stepSizes(spec, options, 0, 'feature').slice(0, 1);
}

/** @throws FeaturescopeError for options that have no effect on what is optimised */
function checkParameterisation(options: FeatureOptions): void {
  if (options.parameterisation === 'pixel') {
    if (options.colour !== undefined) throw needsFourier('--colour');
    return;
  }
  const given = [
    ['--decay', options.decay > 0],
    ['--l2', options.l2 > 0],
    ['--total-variation', options.totalVariation > 0],
    ['--tv-beta', options.tvBeta !== TV_BETA],
    ['--blur-every', options.blurEvery !== undefined],
    ['--blur-sigma', options.blurSigma !== undefined],
    ['--clip-norm', options.clipNorm > 0],
    ['--clip-contribution', options.clipContribution > 0],
    ['--clamp', options.clamp !== undefined],
  ] as const;
  const flags = given.flatMap(([flag, isGiven]) => (isGiven ? [flag] : []));
  if (flags.length > 0) throw needsPixels(flags);
}

/** The smallest picture that the network gets: the picture itself, or what transforms leave of it. */
function smallestSize(transforms: readonly Transform[], [height, width]: Extent, channels: number, random: Random): Extent {
  const [rows, columns] = tf.tidy(() => {
    const { shape } = composeTransforms(transforms).draw(random)(tf.zeros([1, height, width, channels]));
    return [shape[1], shape[2]] as [number, number];
  });
  return [Math.min(rows, height), Math.min(columns, width)];
}

function checkPosition({ network, input }: Model, { layer, goals }: Goals, [height, width]: Extent): void {
  const at = goals[0]?.at;
  if (!at) return;
  const [rows = 0, columns = 0] = inferShapes(network, [height, width, input.channels], [layer.name]).get(layer.name) ?? [];
  if (at[0] >= rows || at[1] >= columns) throw noSuchPosition(at, layer.name, [rows, columns]);
}

/** Batches of nearly equal size. Pictures that are to differ stay together. */
function batchesOf({ goals, diverse }: Goals, [height, width]: Extent, wanted: number | undefined): Goal[][] {
  const most =
    diverse === undefined ? (wanted ?? Math.min(PICTURES, Math.max(1, Math.floor((PICTURES * 64 * 64) / (height * width))))) : goals.length;
  const count = Math.ceil(goals.length / most);
  const bound = (i: number): number => Math.round((i * goals.length) / count);
  return Array.from({ length: count }, (_, i) => goals.slice(bound(i), bound(i + 1)));
}
