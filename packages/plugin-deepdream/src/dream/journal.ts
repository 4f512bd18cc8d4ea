import { decodeSafetensors, encodeSafetensors, type Image, type ResumableState } from '@featurescope/core';
import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import type { StepState } from './step-rules.js';

/** Where a dream stands: enough to go on after a kill with the same result. */
export interface Progress {
  /** Place of the start in the list. */
  readonly start: number;
  readonly octave: number;
  /** Iterations done in this octave. */
  readonly iteration: number;
  /** [1, H, W, C], the picture so far. */
  readonly picture: Tensor4D;
  readonly stepState?: StepState;
  /** Values so far, one array per series. */
  readonly series: ReadonlyMap<string, readonly number[]>;
  readonly frames: readonly Image[];
}

interface Header {
  readonly start: number;
  readonly octave: number;
  readonly iteration: number;
  readonly adamCount?: number;
  readonly series: readonly (readonly [string, readonly number[]])[];
  readonly frames: readonly { readonly width: number; readonly height: number; readonly channels: 1 | 3 | 4 }[];
}

const plain = async (tensor: Tensor4D) => ({ shape: tensor.shape, data: Float32Array.from(await tensor.data()) });

/** Writes the progress, so that `restore` gives it back exactly. */
export async function record(state: ResumableState, progress: Progress): Promise<void> {
  const { stepState, frames } = progress;
  const header: Header = {
    start: progress.start,
    octave: progress.octave,
    iteration: progress.iteration,
    ...(stepState && { adamCount: stepState.count }),
    series: [...progress.series],
    frames: frames.map(({ width, height, channels }) => ({ width, height, channels })),
  };
  const tensors = new Map<string, { shape: readonly number[]; data: Float32Array | Uint8Array }>([['picture', await plain(progress.picture)]]);
  if (stepState) {
    tensors.set('adam/first', await plain(stepState.first));
    tensors.set('adam/second', await plain(stepState.second));
  }
  frames.forEach((frame, i) => tensors.set(`frame/${i}`, { shape: [frame.data.length], data: frame.data }));
  await state.save(encodeSafetensors(tensors, { metadata: { dream: JSON.stringify(header) } }));
}

/** What an earlier run recorded, if anything. */
export async function restore(state: ResumableState): Promise<Progress | undefined> {
  const bytes = await state.load();
  if (!bytes) return undefined;
  const { tensors, metadata } = decodeSafetensors(bytes, 'saved state of dream');
  const header = JSON.parse(metadata['dream'] ?? '') as Header;
  const four = (name: string): Tensor4D => {
    const { shape, data } = tensors.get(name) ?? { shape: [0, 0, 0, 0], data: new Float32Array() };
    return tensor4d(data as Float32Array, shape as [number, number, number, number]);
  };
  return {
    start: header.start,
    octave: header.octave,
    iteration: header.iteration,
    picture: four('picture'),
    ...(header.adamCount !== undefined && { stepState: { first: four('adam/first'), second: four('adam/second'), count: header.adamCount } }),
    series: new Map(header.series),
    frames: header.frames.map((frame, i) => ({ ...frame, data: (tensors.get(`frame/${i}`)?.data ?? new Uint8Array()) as Uint8Array })),
  };
}
