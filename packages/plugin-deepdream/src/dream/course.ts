import type { Extent, LayerName, Model, RunContext } from '@featurescope/core';
import type { Canvas } from '../loop/canvas.js';
import type { Course, Stage } from '../loop/course.js';
import { carryDetail, pyramid } from '../loop/octaves.js';
import { framePicture } from '../loop/picture.js';
import type { Start } from '../loop/start.js';
import { stepRule } from '../loop/step-rules.js';
import type { TilePlan } from '../loop/tile-plan.js';
import { clampRange } from '../regularisers/clamp-range.js';
import { regularisers } from '../regularisers/regularisers.js';
import { guideCanvas } from './guide.js';
import { planTiles, tileWarning } from './memory.js';
import { guidedObjective, type ObjectiveSource, plainObjective } from './objective.js';
import type { DreamOptions } from './options.js';
import { jitterOf, layersOf, modelFor, plannedSizes, seenAtOnce, type Turn, turns } from './plan.js';
import { dreamStage } from './stage.js';

/** What is the same for all pictures of one size. */
export interface Plan {
  /** For errors. */
  readonly visualizer: string;
  /** Takes pictures of this size, or their tiles. */
  readonly model: Model;
  readonly turns: readonly Turn[];
  readonly layers: readonly LayerName[];
  readonly source: ObjectiveSource;
  /** Of the octaves, from small to large, and how each is cut, if at all. */
  readonly sizes: readonly Extent[];
  readonly tiles: readonly (TilePlan | undefined)[];
  readonly warnings: readonly string[];
}

/** Settles layers, octaves and tiles, and reads the guide. @throws FeaturescopeError for what does not go together, and sizes that do not reach the layers */
export async function planOf(context: RunContext, options: DreamOptions, full: Extent, visualizer: string): Promise<Plan> {
  const all = turns(context.model, options, visualizer);
  const layers = layersOf(all);
  const model = await modelFor(context.model, layers, seenAtOnce(full, options), visualizer);
  const guide = await guideCanvas(context, options, full, visualizer);
  const source = guide ? guidedObjective(model, guide, options) : plainObjective(options);
  const sizes = plannedSizes(model, layers, full, options);
  const tiles = planTiles(model, layers, sizes, options, visualizer);
  const warnings = [
    ...(sizes.length < options.octaves
      ? [`${sizes.length} of ${options.octaves} octaves; the smaller ones do not reach ${layers.join(', ')}`]
      : []),
    ...tileWarning(
      options,
      tiles.some((plan) => plan !== undefined),
    ),
  ];
  return { visualizer, model, turns: all, layers, source, sizes, tiles, warnings };
}

/** The octaves of one picture. */
export function courseOf({ signal }: Pick<RunContext, 'signal'>, options: DreamOptions, plan: Plan, start: Start): Course {
  const { model, sizes } = plan;
  const spec = model.input;
  const bases = basePictures(start, sizes);
  const range = clampRange(options.clamp, spec, plan.visualizer);
  const stages: Stage[] = sizes.map((size, i) => {
    const tiles = plan.tiles[i];
    return dreamStage(
      { model, turns: plan.turns, source: plan.source, size, jitter: jitterOf(spec, options), ...(tiles && { tiles }), signal },
      {
        label: `octave ${i + 1}/${sizes.length} (${size[1]}×${size[0]})`,
        iterations: options.iterations,
        begin: (before) => bases.begin(i, before),
      },
    );
  });
  return {
    ...(start.input === undefined ? {} : { input: start.input }),
    label: start.input ?? options.start,
    stages,
    rule: stepRule(options.stepRule),
    regularisers: regularisers(options, spec, plan.visualizer),
    ...(options.guard && range && { guard: range }),
    picture: async (canvas) => framePicture(canvas, spec),
    frameEvery: options.frameEvery,
    frameSize: start.size,
  };
}

/** The picture an octave begins with: its base plus the detail of the octave before. Levels that are no longer needed are let go. */
function basePictures(start: Start, sizes: readonly Extent[]) {
  let levels: (Canvas | undefined)[] | undefined;
  return {
    async begin(octave: number, before: Canvas | undefined): Promise<Canvas> {
      levels ??= pyramid(await start.canvas(), sizes);
      const [last, base] = [octave > 0 ? levels[octave - 1] : undefined, levels[octave]];
      levels.fill(undefined, 0, octave);
      if (octave === sizes.length - 1) levels.fill(undefined);
      if (!base) throw new Error('an octave without a base picture');
      return before && last ? carryDetail(before, last, base) : base;
    },
  };
}
