import { decodeSafetensors, encodeSafetensors, type Image, type ResumableState, type TensorData } from '@featurescope/core';
import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import type { StepState } from './step-rules.js';

/** Where a dream stands. */
interface Place {
  /** Place of the start in the list. */
  readonly start: number;
  readonly octave: number;
  /** Iterations done in this octave. */
  readonly iteration: number;
  /** Pictures of the animation so far. */
  readonly frames: readonly Image[];
  /** Values so far, one list for each series. */
  readonly series: ReadonlyMap<string, readonly number[]>;
}

/** What changes from step to step. */
export interface Climber {
  /** [1, H, W, C], the picture so far. */
  readonly picture: Tensor4D;
  readonly stepState?: StepState;
}

/** A dream that is being dreamt. */
export type Progress = Place & Climber;

/** A dream that was interrupted: enough to go on with the same result. */
export interface Interrupted extends Place {
  /** The tensors as they were recorded; the caller disposes them. */
  climber(): Climber;
}

interface Header extends Omit<Place, 'series' | 'frames'> {
  readonly adamCount?: number;
  readonly series: readonly string[];
  readonly frames: readonly Omit<Image, 'data'>[];
}

const plain = async (tensor: Tensor4D): Promise<TensorData> => ({ shape: tensor.shape, data: new Float32Array(await tensor.data()) });

/** Writes the progress, so that `restore` gives it back exactly. */
export async function record(state: ResumableState, progress: Progress): Promise<void> {
  const { start, octave, iteration, picture, stepState, series, frames } = progress;
  const header: Header = {
    start,
    octave,
    iteration,
    ...(stepState && { adamCount: stepState.count }),
    series: [...series.keys()],
    frames: frames.map(({ width, height, channels }) => ({ width, height, channels })),
  };
  const tensors = new Map<string, TensorData>([['picture', await plain(picture)]]);
  if (stepState) {
    tensors.set('adam/first', await plain(stepState.first));
    tensors.set('adam/second', await plain(stepState.second));
  }
  for (const [name, values] of series) tensors.set(`series/${name}`, { shape: [values.length], data: Float64Array.from(values) });
  for (const [i, { data }] of frames.entries()) tensors.set(`frame/${i}`, { shape: [data.length], data });
  await state.save(encodeSafetensors(tensors, { metadata: { dream: JSON.stringify(header) } }));
}

/** What an earlier run recorded, if anything. */
export async function restore(state: ResumableState): Promise<Interrupted | undefined> {
  const bytes = await state.load();
  if (!bytes) return undefined;
  const { tensors, metadata } = decodeSafetensors(bytes, 'saved state of dream');
  const { adamCount, series, frames, ...place } = JSON.parse(metadata['dream'] ?? '') as Header;
  const four = (name: string): Tensor4D => {
    const { shape, data } = tensors.get(name) ?? { shape: [0, 0, 0, 0], data: new Float32Array() };
    return tensor4d(data as Float32Array, shape as [number, number, number, number]);
  };
  return {
    ...place,
    series: new Map(series.map((name) => [name, [...(tensors.get(`series/${name}`)?.data ?? [])]])),
    frames: frames.map((frame, i) => ({ ...frame, data: (tensors.get(`frame/${i}`)?.data ?? new Uint8Array()) as Uint8Array })),
    climber: () => ({
      picture: four('picture'),
      ...(adamCount !== undefined && { stepState: { first: four('adam/first'), second: four('adam/second'), count: adamCount } }),
    }),
  };
}
