import type { InputSpec, Model, VisualizerEvent } from '@featurescope/core';
import { arrayInput, pictureInput, syntheticPicture, testContext, tinyModel } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { invert } from '../../src/invert/invert.js';

export type Given = Parameters<typeof invert>[0];
export type Artifact = Extract<VisualizerEvent, { type: 'artifact' }>['artifact'];

export const SHAPE = [11, 14, 3] as const;
export const values = Float32Array.from({ length: 11 * 14 * 3 }, (_, i) => Math.sin(i * 0.7));
export const array = () => arrayInput('array', SHAPE, values);
export const picture = (name = 'picture') => pictureInput(name, syntheticPicture(name, [20, 30]));

export async function events(given: Given, inputs = [array()], create: () => Promise<Model> = tinyModel): Promise<VisualizerEvent[]> {
  const model = await create();
  const before = tf.memory().numTensors;
  const all: VisualizerEvent[] = [];
  try {
    const { visualizer, options } = invert(given);
    for await (const event of visualizer.run(testContext({ model, inputs }), options as never)) all.push(event);
  } finally {
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  }
  return all;
}

export const series = (all: readonly VisualizerEvent[], name: string, input?: string): number[] =>
  all.flatMap((event) =>
    event.type === 'metric' && event.series === name && (input === undefined || event.input === input) ? [event.value] : [],
  );

export const artifacts = (all: readonly VisualizerEvent[]): Artifact[] =>
  all.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));

export function tensor(all: readonly VisualizerEvent[], name = 'reconstruction'): Float32Array {
  for (const artifact of artifacts(all)) if (artifact.kind === 'tensor' && artifact.name === name) return artifact.data;
  throw new Error(`no tensor ${name}`);
}

export const warnings = (all: readonly VisualizerEvent[]): string[] =>
  all.flatMap((event) => (event.type === 'warning' ? [event.message] : []));

export const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let [sum, norm] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    sum += ((a[i] ?? Number.NaN) - (b[i] ?? 0)) ** 2;
    norm += (b[i] ?? 0) ** 2;
  }
  return Math.sqrt(sum / norm);
};

export const SPEC: InputSpec = {
  size: [12, 10],
  channels: 3,
  fixedSize: false,
  preprocessing: { channelOrder: 'rgb', scale: 1, mean: [120, 110, 100], std: [60, 40, 80] },
};
