import type { Image, RunContext, VisualizerEvent } from '@featurescope/core';
import { noMemory } from './advance.js';
import { type Canvas, isFiniteThroughout } from './canvas.js';
import type { Course } from './course.js';
import { animationFrame, isInAnimation } from './frames.js';
import { type Divergence, isSaturated, shareAtEnds } from './guard.js';
import { type Iterated, iterate } from './iteration.js';
import { type Progress, record, recordedBytes } from './journal.js';
import { workspace } from './workspace.js';

/** Name of the series that has the whole objective. */
export const OBJECTIVE = 'objective';
/** Iterations between two recordings of the progress, where a recording is small, and at most. */
const RECORD_EVERY = 10;
const RECORD_AT_LEAST_EVERY = 50;
/** Bytes of a recording that is small. */
const SMALL_RECORDING = 2 ** 23;

export interface Optimised {
  readonly canvas: Canvas;
  readonly series: ReadonlyMap<string, readonly number[]>;
  readonly notes: ReadonlyMap<string, readonly number[]>;
  readonly frames: readonly Image[];
  /** Iterations behind `canvas`. */
  readonly iterations: number;
  /** Why it ended early: `canvas` is the last good one. */
  readonly divergence?: Divergence;
}

export interface Place {
  readonly index: number;
  readonly total: number;
}

type Lists = Map<string, number[]>;

/**
 * The loop that all visualizers here share: through the stages of a course, each iteration runs its phases in turn, each phase is a step of
 * gradient ascent followed by the regularisers. Goes on from `saved`, and ends early, with the last good picture, when the picture diverges.
 */
export async function* optimise(
  context: Pick<RunContext, 'random' | 'signal' | 'state' | 'codec'>,
  course: Course,
  { index, total }: Place,
  saved?: Progress,
): AsyncGenerator<VisualizerEvent, Optimised> {
  const { random, signal, state, codec } = context;
  const { stages, frameEvery, iterationsBefore = 0, stepsBefore = iterationsBefore, kept = new Map<string, Canvas>() } = course;
  const named = course.input === undefined ? {} : { input: course.input };
  const steps = stages.reduce((sum, { iterations }) => sum + iterations, 0);
  const series = copied(saved?.series);
  const notes = copied(saved?.notes);
  const frames = [...(saved?.frames ?? course.frames ?? [])];
  let canvas = saved?.canvas;
  let memory = saved?.memory ?? noMemory;
  const open = new Set(stages);
  let done = 0;
  try {
    for (const [i, stage] of stages.entries()) {
      if (i < (saved?.stage ?? 0)) {
        done += stage.iterations;
        continue;
      }
      const from = saved && i === saved.stage ? saved.iteration : 0;
      if (from === 0) {
        canvas = await stage.begin(canvas);
        memory = noMemory;
      }
      if (!canvas) throw new Error('a stage without a canvas');
      const atStart = course.guard && from === 0 ? shareAtEnds(canvas, course.guard) : (notes.get(AT_ENDS)?.[i] ?? 0);
      if (from === 0) append(notes, AT_ENDS, atStart);
      done += from;
      let before = canvas;
      const space = workspace();
      for (let iteration = from; iteration < stage.iterations; iteration++) {
        signal.throwIfAborted();
        const step = stepsBefore + done;
        const moment = { iteration: iterationsBefore + done, random: random.fork(`${index}/${i}/${iteration}`), space };
        const next = await iterate(course, stage.phases, { canvas, memory }, space.next(canvas), moment);
        const isLast = iteration + 1 === stage.iterations;
        const recordNow = isLast || (iteration + 1) % recordingInterval({ canvas, memory, frames, kept }) === 0;
        const divergence = divergenceOf(next, course, atStart);
        if (divergence) {
          yield { type: 'progress', done: (index + 1) * steps, total: total * steps, label: `${course.label}, stopped` };
          // Where not even the objective is finite, nothing was written over the picture before.
          return next.stepped || canvas === before
            ? { canvas, series, notes, frames, iterations: done, divergence }
            : { canvas: before, series, notes, frames, iterations: done - 1, divergence };
        }
        before = canvas;
        ({ canvas, memory } = next);
        done++;
        append(series, OBJECTIVE, next.value);
        yield { type: 'metric', series: OBJECTIVE, step, value: next.value, ...named };
        for (const [name, value] of next.series) {
          append(series, name, value);
          yield { type: 'metric', series: name, step, value, ...named };
        }
        for (const [name, value] of next.notes) append(notes, name, value);
        if (frameEvery > 0 && done % frameEvery === 0) {
          const image = await course.picture(canvas);
          if (isInAnimation(done / frameEvery, Math.floor(steps / frameEvery)))
            frames.push(await animationFrame(codec, image, course.frameSize));
          yield { type: 'frame', step, image, ...named };
        }
        if (recordNow) {
          const place = isLast ? { stage: i + 1, iteration: 0 } : { stage: i, iteration: iteration + 1 };
          await record(state, { course: index, ...place, canvas, memory, series, notes, frames, kept });
          // A run that goes on from here knows no picture before this one either.
          before = canvas;
        }
        yield { type: 'progress', done: index * steps + done, total: total * steps, label: `${course.label}, ${stage.label}` };
      }
      open.delete(stage);
      stage.close?.();
    }
    if (!canvas) throw new Error('a course without a stage');
    return { canvas, series, notes, frames, iterations: done };
  } finally {
    for (const stage of open) stage.close?.();
  }
}

/** Share of values at the ends of the range when each stage began. */
const AT_ENDS = 'at-ends';

function divergenceOf({ value, canvas }: Iterated, { guard }: Course, atStart: number): Divergence | undefined {
  if (!Number.isFinite(value) || !isFiniteThroughout(canvas)) return 'non-finite';
  return guard && isSaturated(canvas, guard, atStart) ? 'saturated' : undefined;
}

const recordingInterval = (what: Parameters<typeof recordedBytes>[0]): number =>
  Math.min(RECORD_AT_LEAST_EVERY, RECORD_EVERY * Math.ceil(recordedBytes(what) / SMALL_RECORDING));

const copied = (lists: ReadonlyMap<string, readonly number[]> | undefined): Lists =>
  new Map([...(lists ?? [])].map(([name, values]) => [name, [...values]]));

function append(lists: Lists, name: string, value: number): void {
  const values = lists.get(name) ?? [];
  values.push(value);
  lists.set(name, values);
}
