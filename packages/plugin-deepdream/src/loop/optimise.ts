import type { Extent, Image, RunContext, VisualizerEvent } from '@featurescope/core';
import { dispose, type Tensor4D } from '@tensorflow/tfjs-core';
import { diverged } from '../errors.js';
import { type Ascent, ascend } from './ascent.js';
import { animationFrame, isInAnimation } from './frames.js';
import { type Climber, type Interrupted, record } from './journal.js';
import { carryDetail, pyramid } from './octaves.js';
import type { DreamOptions } from './options.js';
import { pictureOf } from './picture.js';
import type { Start } from './start.js';
import type { StepState } from './step-rules.js';

/** Name of the series that has the whole objective. */
const OBJECTIVE = 'objective';
/** Iterations between two recordings of the progress. */
const RECORD_EVERY = 10;

interface Task {
  readonly start: Start;
  readonly index: number;
  readonly total: number;
  /** The picture to start from, and the sizes to work at, from small to large; the last is that of `base`. */
  readonly base: Tensor4D;
  readonly sizes: readonly Extent[];
}

export interface Climbed {
  readonly picture: Tensor4D;
  readonly series: ReadonlyMap<string, readonly number[]>;
  readonly frames: readonly Image[];
}

/** Gradient ascent through all octaves, each starting from its base picture plus the detail of the octave before. The caller disposes the picture. */
export async function* climb(
  context: RunContext,
  options: DreamOptions,
  ascent: Ascent,
  task: Task,
  saved: Interrupted | undefined,
): AsyncGenerator<VisualizerEvent, Climbed> {
  const { model, random, signal, state, codec } = context;
  const { sizes, index } = task;
  const bases = pyramid(task.base, sizes);
  const frames = [...(saved?.frames ?? [])];
  const series = new Map([...(saved?.series ?? [])].map(([name, values]) => [name, [...values]]));
  const steps = options.iterations * sizes.length;
  const full = sizes[sizes.length - 1] as Extent;
  let { picture, stepState } = saved?.climber() ?? startAt(bases[0] as Tensor4D);
  let finished = false;
  try {
    for (let octave = saved?.octave ?? 0; octave < sizes.length; octave++) {
      const from = octave === saved?.octave ? saved.iteration : 0;
      if (from === 0 && octave > 0) {
        const carried = carryDetail(picture, bases[octave - 1] as Tensor4D, bases[octave] as Tensor4D);
        dispose([picture, ...momentsOf(stepState)]);
        picture = carried;
        stepState = undefined;
      }
      for (let iteration = from; iteration < options.iterations; iteration++) {
        signal.throwIfAborted();
        const step = octave * options.iterations + iteration;
        const next = await ascend(ascent, picture, random.fork(`${index}/${octave}/${iteration}`), stepState);
        dispose([picture, ...momentsOf(stepState)]);
        picture = next.picture;
        stepState = next.state;
        if (Number.isNaN(next.value)) throw diverged(step, options.step);

        for (const [name, value] of seriesOf(next.value, next.terms)) {
          const values = series.get(name) ?? [];
          values.push(value);
          series.set(name, values);
          yield { type: 'metric', series: name, step, value, ...named(task) };
        }
        if (options.frameEvery > 0 && (step + 1) % options.frameEvery === 0) {
          const image = await pictureOf(picture, model.input);
          const isKept = isInAnimation((step + 1) / options.frameEvery, Math.floor(steps / options.frameEvery));
          if (isKept) frames.push(await animationFrame(codec, image, full));
          yield { type: 'frame', step, image, ...named(task) };
        }
        const last = iteration + 1 === options.iterations;
        if (last || (iteration + 1) % RECORD_EVERY === 0) {
          const next = last ? { octave: octave + 1, iteration: 0 } : { octave, iteration: iteration + 1 };
          await record(state, { start: index, ...next, picture, ...(stepState && { stepState }), series, frames });
        }
        yield { type: 'progress', done: index * steps + step + 1, total: task.total * steps, label: labelOf(task, octave) };
      }
    }
    finished = true;
    return { picture, series, frames };
  } finally {
    dispose([...bases, ...momentsOf(stepState)]);
    if (!finished) picture.dispose();
  }
}

const named = ({ start }: Task): { input?: string } => (start.input === undefined ? {} : { input: start.input });

const labelOf = ({ start, sizes }: Task, octave: number): string =>
  `${start.input ?? 'noise'}, octave ${octave + 1}/${sizes.length} (${sizes[octave]?.[1]}×${sizes[octave]?.[0]})`;

const startAt = (base: Tensor4D): Climber => ({ picture: base.clone() });

const momentsOf = (state: StepState | undefined): Tensor4D[] => (state ? [state.first, state.second] : []);

/** The objective, and its terms where there are several. */
const seriesOf = (value: number, terms: ReadonlyMap<string, number>): (readonly [string, number])[] =>
  terms.size > 1 ? [[OBJECTIVE, value], ...terms] : [[OBJECTIVE, value]];
