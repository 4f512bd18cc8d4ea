import { type Input, type PatchedPasses, patchedPasses, type RunContext, toImage, type VisualizerEvent } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { meanMap } from './attribution.js';
import { type Baseline, baselineOf } from './baseline.js';
import { batchSizeFor } from './batch-size.js';
import type { Seen } from './figure/seen.js';
import type { OcclusionOptions } from './options.js';
import { type InputPlan, positionsOf } from './plan.js';
import { projectionOf } from './projection.js';
import { wantedOutputs } from './reading.js';
import { emptyReadings, type Readings } from './readings.js';
import { meanEvents, type Named, numbersOf, picturesOf, projectionEvents } from './results.js';
import { type Study, studied } from './study.js';
import { type Subject, subjectOf } from './subject.js';
import { positionCount, sizeName, type WindowGrid } from './windows.js';

/** One input, and what an earlier run has left of it. */
interface Task extends InputPlan {
  readonly other?: Input;
  /** For each window that was begun. */
  readonly known: readonly Readings[];
  save(readings: readonly Readings[]): Promise<void>;
}

/** Milliseconds from one saved state to the next. */
const SAVE_EVERY = 1000;

/** All windows on one input: numbers and pictures of each, and of several their mean; progress counts from 0. */
export async function* occludedInput(context: RunContext, options: OcclusionOptions, task: Task): AsyncGenerator<VisualizerEvent> {
  const { input, shape } = task;
  const picture = await input.tensor(context.model.input);
  try {
    const subject = await subjectOf(task, picture);
    yield { type: 'metric', series: 'score', step: 0, value: subject.whole.score, input: input.name };
    const values = new Float32Array(await picture.data());
    const { raw } = input;
    const about = { values, shape, spec: context.model.input, raw, random: context.random.fork(`baseline ${input.name}`) };
    const baseline = await baselineOf({ ...about, ...(task.other ? { other: task.other } : {}) }, options);
    const image = toImage(values, shape, context.model.input);
    yield { type: 'artifact', artifact: { kind: 'image', name: 'input', input: input.name, image } };
    const { model } = task;
    const passes = await patchedPasses(
      model.compiled,
      picture,
      wantedOutputs(model, subject),
      options.incremental ? 'incremental' : 'batched',
    );
    try {
      context.log.debug(`occlusion: ${passes.manner} passes over ${input.name}`);
      const seen: Seen = {
        input: input.name,
        values,
        shape,
        image,
        spec: context.model.input,
        labels: model.labels,
        subject,
        codec: context.codec,
      };
      yield* checked(context, windowsOn({ context, options, task, subject, baseline, passes, seen, picture }));
    } finally {
      passes.dispose();
    }
  } finally {
    picture.dispose();
  }
}

interface Work {
  readonly context: RunContext;
  readonly options: OcclusionOptions;
  readonly task: Task;
  readonly subject: Subject;
  readonly baseline: Baseline;
  readonly passes: PatchedPasses;
  readonly seen: Seen;
  readonly picture: Tensor4D;
}

async function* windowsOn(work: Work): AsyncGenerator<VisualizerEvent> {
  const { task, subject, seen } = work;
  const { model, grids, input } = task;
  const studies: Study[] = [];
  let shown: Seen | undefined;
  for (const grid of grids) {
    const suffix = grids.length > 1 ? `-${sizeName(grid.window)}` : '';
    const named: Named = { input: input.name, subject, labels: model.labels, suffix };
    const study = yield* measuredWindow(work, grid, studies);
    studies.push(study);
    yield* numbersOf(named, study);
    shown ??= yield* withProjection(work);
    yield* picturesOf(named, shown, study);
  }
  if (studies.length < 2) return;
  const mean = meanMap(studies.map(({ attribution }) => attribution));
  yield* meanEvents({ input: input.name, subject, suffix: '' }, seen, mean, studies);
}

/** Reads one window, saving what was read now and then. */
async function* measuredWindow(work: Work, grid: WindowGrid, before: readonly Study[]): AsyncGenerator<VisualizerEvent, Study> {
  const { context, options, task, subject: question, baseline, passes } = work;
  const { model, shape, input, grids } = task;
  const layers = wantedOutputs(model, question).map(({ layer }) => layer);
  const batchSize = options.batchSize ?? batchSizeFor(model.network, shape, grid.window, layers, passes);
  const earlier = task.known[before.length];
  const readings = earlier?.scores.length === positionCount(grid) ? earlier : emptyReadings(positionCount(grid));
  const study = studied({ grid, baseline, shape, question, passes, batchSize, signal: context.signal }, readings, options);
  // What an earlier run had read of the windows after this one stays saved.
  const save = () => task.save([...before.map((one) => one.readings), readings, ...task.known.slice(before.length + 1)]);
  const label = grids.length > 1 ? `${input.name}, window ${sizeName(grid.window)}` : input.name;
  const total = positionsOf(task);
  const first = before.reduce((sum, one) => sum + positionCount(one.grid), 0);
  let [done, savedAt] = [0, Number.NEGATIVE_INFINITY];
  for (;;) {
    const step = await study.next();
    if (step.done) {
      await save();
      return step.value;
    }
    done += step.value;
    const now = context.clock.now();
    if (now - savedAt >= SAVE_EVERY) {
      savedAt = now;
      await save();
    }
    yield { type: 'progress', done: first + done, total, label };
  }
}

/** What pictures show, with the projection of the map where there is one. */
async function* withProjection({ context, task, subject, seen, picture }: Work): AsyncGenerator<VisualizerEvent, Seen> {
  if (!subject.map) {
    const message = `${seen.input}: no layer below the class scores has more than one position, so there is no activity map and no projection.`;
    yield { type: 'warning', message };
    return seen;
  }
  const projection = await projectionOf(context, task.model, picture, subject.map);
  if (typeof projection === 'string') {
    yield { type: 'warning', message: `${seen.input}: the projection of the strongest map is left out: ${projection.replace(/\.$/, '')}.` };
    return seen;
  }
  const shown = { ...seen, projection };
  yield* projectionEvents(seen, subject.map, projection);
  return shown;
}

/** Ends as soon as the run is cancelled. */
async function* checked({ signal }: RunContext, events: AsyncIterable<VisualizerEvent>): AsyncGenerator<VisualizerEvent> {
  for await (const event of events) {
    signal.throwIfAborted();
    yield event;
  }
}
