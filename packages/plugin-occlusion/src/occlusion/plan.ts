import {
  type Extent,
  type Input,
  isFeaturescopeError,
  type LayerName,
  type Model,
  type RunContext,
  type Shape,
  targetMap,
} from '@featurescope/core';
import { baselineSize, conflictingOptions, unknownBaseline, windowTooLarge } from '../errors.js';
import { mapLayer } from './map-layer.js';
import { BASELINES, type OcclusionOptions } from './options.js';
import { type AskedScore, askedScore } from './score.js';
import { positionCount, sizeName, type WindowGrid, windowGrid } from './windows.js';

/** What is to be done on one input. */
export interface InputPlan {
  readonly input: Input;
  /** The run's model; for an array larger than a network of fixed size takes, with its dense layers as convolutions. */
  readonly model: Model;
  readonly shape: Shape;
  /** One for each window. */
  readonly grids: readonly WindowGrid[];
  readonly score: AskedScore;
  /** Layer of the activity map; left out where no layer has more than one position. */
  readonly mapLayer?: LayerName;
}

export interface Plan {
  readonly inputs: readonly InputPlan[];
  /** The picture of `--baseline <path>`. */
  readonly other?: Input;
}

/** Decides everything that can be decided without a pass. @throws FeaturescopeError when something asked for cannot be done */
export async function planned(context: RunContext, options: OcclusionOptions, visualizer: string): Promise<Plan> {
  if (options.window !== undefined && options.windows) throw conflictingOptions(visualizer, '--window', '--windows');
  const score = askedScore(context.model, options, visualizer);
  if (options.mapLayer !== undefined) context.model.layer(options.mapLayer);
  const inputs: InputPlan[] = [];
  for (const input of context.inputs) inputs.push(await inputPlan(context.model, input, score, options, visualizer));
  const other = await otherPicture(context, options.baseline, visualizer);
  if (other?.raw)
    for (const { input, shape } of inputs)
      if (other.size[0] !== shape[0] || other.size[1] !== shape[1])
        throw baselineSize(visualizer, other.source, other.size, input.name, [shape[0], shape[1]]);
  return { inputs, ...(other ? { other } : {}) };
}

async function inputPlan(run: Model, input: Input, score: AskedScore, options: OcclusionOptions, visualizer: string): Promise<InputPlan> {
  const { size, channels, fixedSize } = run.input;
  const [height, width] = input.raw ? input.size : size;
  const shape: Shape = [height, width, channels];
  const model = fixedSize && (height !== size[0] || width !== size[1]) ? await run.convolutional() : run;
  const windows = windowsOf(options, [height, width]);
  for (const window of windows)
    if (window[0] > height || window[1] > width) throw windowTooLarge(visualizer, window, input.name, [height, width]);
  const layer = mapLayer(model, shape, options.mapLayer, visualizer);
  if (score.reference) targetMap(model, { shape: [1, ...shape] }, score.reference);
  const grids = windows.map((window) => windowGrid([height, width], window, strideOf(options, window)));
  return { input, model, shape, grids, score, ...(layer === undefined ? {} : { mapLayer: layer }) };
}

const both = (given: number | readonly [number, number]): Extent => (typeof given === 'number' ? [given, given] : given);

/** Each once. */
function windowsOf({ window, windows }: OcclusionOptions, picture: Extent): readonly Extent[] {
  const seventh = Math.max(1, Math.round(Math.min(...picture) / 7));
  const given = (windows ?? [window ?? seventh]).map(both);
  return [...new Map(given.map((one) => [sizeName(one), one])).values()];
}

const strideOf = ({ stride }: OcclusionOptions, [height, width]: Extent): Extent =>
  stride === undefined ? [Math.max(1, Math.round(height / 4)), Math.max(1, Math.round(width / 4))] : both(stride);

async function otherPicture(context: RunContext, baseline: string | number, visualizer: string): Promise<Input | undefined> {
  if (typeof baseline === 'number' || BASELINES.some((name) => name === baseline)) return undefined;
  try {
    return await context.loadInput(baseline);
  } catch (error) {
    throw isFeaturescopeError(error) ? unknownBaseline(visualizer, baseline, BASELINES, error) : error;
  }
}

/** Positions of all windows on an input. */
export const positionsOf = ({ grids }: InputPlan): number => grids.reduce((sum, grid) => sum + positionCount(grid), 0);
