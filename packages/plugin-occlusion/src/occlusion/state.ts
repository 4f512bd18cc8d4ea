import { decodeSafetensors, encodeSafetensors, type TensorData } from '@featurescope/core';
import type { Readings } from './readings.js';

/** How far a run has come. */
export interface State {
  /** Inputs that are finished. */
  readonly finished: number;
  /** What has been read of the next input, for each window that was begun. */
  readonly readings: readonly Readings[];
}

const VERSION = '1';

export function encodeState({ finished, readings }: State): Uint8Array {
  const tensors = readings.flatMap((one, window) =>
    Object.entries(one).map(([name, data]): [string, TensorData] => [`${window}/${name}`, { shape: [data.length], data }]),
  );
  return encodeSafetensors(new Map(tensors), {
    metadata: { version: VERSION, finished: String(finished), windows: String(readings.length) },
  });
}

/** @throws FeaturescopeError when it is no state */
export function decodeState(bytes: Uint8Array): State {
  const { tensors, metadata } = decodeSafetensors(bytes, 'the saved state of occlusion');
  const floats = (name: string): Float32Array => Float32Array.from(tensors.get(name)?.data ?? []);
  const readings = Array.from({ length: Number(metadata['windows'] ?? 0) }, (_, window) => ({
    scores: floats(`${window}/scores`),
    activity: floats(`${window}/activity`),
    classes: floats(`${window}/classes`),
    computed: Uint8Array.from(tensors.get(`${window}/computed`)?.data ?? []),
  }));
  return { finished: Number(metadata['finished'] ?? 0), readings };
}
