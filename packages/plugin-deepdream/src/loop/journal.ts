import { decodeSafetensors, encodeSafetensors, type Image, type ResumableState, type TensorData } from '@featurescope/core';
import type { Memory } from './advance.js';
import type { Canvas, CanvasShape } from './canvas.js';

/** Where a run over several pictures stands. */
export interface Progress {
  /** Place of the course in the list. */
  readonly course: number;
  readonly stage: number;
  /** Iterations done in this stage. */
  readonly iteration: number;
  readonly canvas: Canvas;
  readonly memory: Memory;
  /** Values so far, one list for each series. */
  readonly series: ReadonlyMap<string, readonly number[]>;
  readonly notes: ReadonlyMap<string, readonly number[]>;
  /** Pictures of the animation so far. */
  readonly frames: readonly Image[];
  /** What the course needs besides its canvas to go on. */
  readonly kept: ReadonlyMap<string, Canvas>;
}

interface Header extends Pick<Progress, 'course' | 'stage' | 'iteration'> {
  readonly moments: number;
  readonly count: number;
  readonly series: readonly string[];
  readonly notes: readonly string[];
  readonly frames: readonly Omit<Image, 'data'>[];
  readonly kept: readonly string[];
}

const KEY = 'progress';
const plain = ({ shape, data }: Canvas): TensorData => ({ shape, data });
const list = (values: readonly number[]): TensorData => ({ shape: [values.length], data: Float64Array.from(values) });

/** Writes the progress, so that `restore` gives it back exactly. */
export async function record(state: ResumableState, progress: Progress): Promise<void> {
  const { course, stage, iteration, canvas, memory, series, notes, frames, kept } = progress;
  const header: Header = {
    course,
    stage,
    iteration,
    moments: memory.moments.length,
    count: memory.count,
    series: [...series.keys()],
    notes: [...notes.keys()],
    frames: frames.map(({ width, height, channels }) => ({ width, height, channels })),
    kept: [...kept.keys()],
  };
  const tensors = new Map<string, TensorData>([
    ['canvas', plain(canvas)],
    ...memory.moments.map((moment, i) => [`moment/${i}`, plain(moment)] as const),
    ...[...kept].map(([name, value]) => [`kept/${name}`, plain(value)] as const),
    ...[...series].map(([name, values]) => [`series/${name}`, list(values)] as const),
    ...[...notes].map(([name, values]) => [`notes/${name}`, list(values)] as const),
    ...frames.map(({ data }, i) => [`frame/${i}`, { shape: [data.length], data }] as const),
  ]);
  await state.save(encodeSafetensors(tensors, { metadata: { [KEY]: JSON.stringify(header) } }));
}

/** What an earlier run recorded, if anything. */
export async function restore(state: ResumableState): Promise<Progress | undefined> {
  const bytes = await state.load();
  if (!bytes) return undefined;
  const { tensors, metadata } = decodeSafetensors(bytes, 'saved state');
  const { moments, count, series, notes, frames, kept, ...place } = JSON.parse(metadata[KEY] ?? '') as Header;
  const canvas = (name: string): Canvas => {
    const { shape, data } = tensors.get(name) ?? { shape: [0, 0, 0, 0], data: new Float32Array() };
    return { shape: shape as unknown as CanvasShape, data: data as Float32Array };
  };
  const lists = (kind: string, names: readonly string[]) =>
    new Map(names.map((name) => [name, [...(tensors.get(`${kind}/${name}`)?.data ?? [])]]));
  return {
    ...place,
    canvas: canvas('canvas'),
    memory: { moments: Array.from({ length: moments }, (_, i) => canvas(`moment/${i}`)), count },
    series: lists('series', series),
    notes: lists('notes', notes),
    frames: frames.map((frame, i) => ({ ...frame, data: (tensors.get(`frame/${i}`)?.data ?? new Uint8Array()) as Uint8Array })),
    kept: new Map(kept.map((name) => [name, canvas(`kept/${name}`)])),
  };
}

/** Bytes of the state that is written: how much a recording costs. */
export const recordedBytes = ({ canvas, memory, frames, kept }: Pick<Progress, 'canvas' | 'memory' | 'frames' | 'kept'>): number =>
  [canvas, ...memory.moments, ...kept.values()].reduce((sum, { data }) => sum + data.byteLength, 0) +
  frames.reduce((sum, { data }) => sum + data.byteLength, 0);
