import { ancestors, type LayerName, type Model, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { changesOf } from '../top-activations/changes.js';
import { rankedLayers } from '../top-activations/layers.js';
import { POLICIES } from '../top-activations/options.js';
import { type Cell, cellsOf } from '../top-activations/pictures.js';
import { type ProjectionJob, projections } from '../top-activations/project.js';
import { batchSize } from '../top-activations/tracking/batch-size.js';
import { Ranking } from '../top-activations/tracking/ranking.js';
import { type Stimuli, stimuliOf } from '../top-activations/tracking/stimuli.js';
import { track } from '../top-activations/tracking/track.js';
import type { Cells, Course } from './course.js';
import { drawnUnits } from './draw.js';
import { checkLayers } from './layers.js';
import type { EvolutionOptions } from './options.js';
import { progress } from './progress.js';
import { encodeState, type Snapshot } from './state.js';

/** Batches after which the state is saved. */
const SAVE_EVERY = 16;

/** What the steps of a run have in common. */
export interface Plan {
  readonly visualizer: string;
  readonly context: RunContext;
  readonly options: EvolutionOptions;
  readonly course: Course;
}

/** Looks through the data with the model of a checkpoint and projects what is strongest; leaves what it finds in the course. */
export async function* study(plan: Plan, source: string, model: Model): AsyncGenerator<VisualizerEvent> {
  const { context, options, course } = plan;
  if (course.followed) checkLayers(model, course.followed, options, plan.visualizer);
  course.followed ??= rankedLayers(model, options, plan.visualizer);
  const stimuli = stimuliOf(context, model.input);
  const snapshot = yield* looked(plan, yield* begun(plan, source, model), model, stimuli);
  course.drawn ??= drawnUnits(snapshot.ranking, options, context.random);
  const cells = new Map<LayerName, readonly (Cell | undefined)[]>();
  for (const { layer } of course.drawn) cells.set(layer, yield* projected(plan, snapshot, model, stimuli, layer));
  course.finish(source, cells satisfies Cells);
  await context.state.save(encodeState(course.state));
  yield progress(plan, 0, snapshot.name);
}

/** What an earlier, killed run has found out about this checkpoint, or nothing yet. */
async function* begun({ course }: Plan, source: string, { name, sha256 }: Model): AsyncGenerator<VisualizerEvent, Snapshot> {
  const earlier = course.snapshot(source);
  if (earlier?.sha256 === sha256) return earlier;
  if (earlier) yield { type: 'warning', message: `The weights of ${source} have changed since; it is looked at again.` };
  return { source, name, sha256, done: 0, ranking: new Ranking(course.followed ?? [], 1) };
}

async function* looked(plan: Plan, begin: Snapshot, model: Model, stimuli: Stimuli): AsyncGenerator<VisualizerEvent, Snapshot> {
  const { context, options, course } = plan;
  const { ranking } = begin;
  const layers = ranking.layers.map(({ layer }) => model.layer(layer));
  const batch = batchSize(stimuli.size, layers, options.batchSize);
  const items = { count: stimuli.size, at: (i: number) => i };
  const { compile, signal } = context;
  let saved = begin.done;
  for await (const done of track({ model, compile, stimuli, items, from: begin.done, batch, ranking, signal })) {
    course.note({ ...begin, done });
    if (done - saved >= SAVE_EVERY * batch || done === stimuli.size) {
      await context.state.save(encodeState(course.state));
      saved = done;
    }
    yield progress(plan, done, `${begin.name}, ${done} of ${stimuli.size} pictures`);
  }
  return { ...begin, done: stimuli.size };
}

/** The strongest activations of the drawn units of a layer, carried back to their pictures. */
async function* projected(
  { visualizer, context, options, course }: Plan,
  { name, ranking }: Snapshot,
  model: Model,
  stimuli: Stimuli,
  layer: LayerName,
): AsyncGenerator<VisualizerEvent, readonly (Cell | undefined)[]> {
  const all = ranking.layers.find((ranked) => ranked.layer === layer)?.units ?? [];
  const units = course.drawn?.find((ranked) => ranked.layer === layer)?.units ?? [];
  const winners = ranking.strongest(layer);
  const jobs = units.flatMap((unit): readonly ProjectionJob[] => winners[all.indexOf(unit)]?.map((strong) => ({ unit, strong })) ?? []);
  const below = ancestors(model.network, [layer]);
  const batch = batchSize(
    jobs.length,
    model.layers.filter((one) => below.has(one.name)),
    options.batchSize,
  );
  const cellOf = cellsOf(model, layer);
  const changes = changesOf(layer);
  const cells = new Map<number, Cell>();
  const request = { visualizer, model, layer, jobs, stimuli, policy: POLICIES[options.policy], batch, signal: context.signal };
  for await (const projection of projections(request)) {
    const { unit, strong } = projection.job;
    changes.compare(projection, strong.value);
    const cell = cellOf(projection);
    cells.set(unit, options.tensors ? cell : { ...cell, values: new Float32Array() });
  }
  const message = changes.message();
  if (message !== undefined) yield { type: 'warning', message: `${name}: ${message}` };
  return units.map((unit) => cells.get(unit));
}
