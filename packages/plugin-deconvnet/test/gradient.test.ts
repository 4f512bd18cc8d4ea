import '@tensorflow/tfjs';
import type { Artifact, VisualizerEvent } from '@featurescope/core';
import { arrayInput, bareModel, finiteDifferences, testContext, testVisualizer, tinyModel, tinyNetwork } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { gradient } from '../src/index.js';

testVisualizer(gradient, { describe, it, options: { class: 'mountain' } });
testVisualizer(gradient, { describe, it, options: { layer: 'relu1', unit: 2, signal: 'activation' } });

type Given = Parameters<typeof gradient>[0];

const SHAPE = [12, 10, 3] as const;
const values = Float32Array.from({ length: 12 * 10 * 3 }, (_, i) => Math.sin(i * 0.37) + 0.2 * Math.cos(i * 1.7));

async function attribution(given: Given): Promise<Extract<Artifact, { kind: 'tensor' }>> {
  const model = await tinyModel();
  const { visualizer, options } = gradient(given);
  const all: VisualizerEvent[] = [];
  for await (const event of visualizer.run(testContext({ model, inputs: [arrayInput('array', SHAPE, values)] }), options as never))
    all.push(event);
  for (const event of all) if (event.type === 'artifact' && event.artifact.kind === 'tensor') return event.artifact;
  throw new Error('no tensor');
}

const differences = (term: Parameters<typeof finiteDifferences>[2][number]) =>
  finiteDifferences(tinyNetwork(), { shape: [1, ...SHAPE], data: Float64Array.from(values) }, [term], { layer: 'input' });

describe('gradient', () => {
  it('of a logit agrees with finite differences in double precision', async () => {
    const { data, shape } = await attribution({ class: 2 });
    expect(shape).toEqual([...SHAPE]);
    const expected = differences({ layer: 'fc3', form: 'sum', units: [{ channel: 2 }], weight: 1 });
    data.forEach((value, i) => void expect(value).toBeCloseTo(expected[i] ?? 0, 5));
  });

  it('of a probability differs from that of the logit', async () => {
    const { data } = await attribution({ class: 'mountain', of: 'probabilities' });
    const expected = differences({ layer: 'prob', form: 'sum', units: [{ channel: 2 }], weight: 1 });
    data.forEach((value, i) => void expect(value).toBeCloseTo(expected[i] ?? 0, 5));
  });

  it('of a unit at a position is that position’s, with its activation as signal if asked for', async () => {
    const one = await attribution({ layer: 'conv2', unit: 1, at: [2, 3] });
    const expected = differences({ layer: 'conv2', form: 'sum', units: [{ channel: 1, at: [2, 3] }], weight: 1 });
    one.data.forEach((value, i) => void expect(value).toBeCloseTo(expected[i] ?? 0, 5));
    const scaled = await attribution({ layer: 'conv2', unit: 1, at: [2, 3], signal: 'activation' });
    const squares = differences({ layer: 'conv2', form: 'squares', units: [{ channel: 1, at: [2, 3] }], weight: 0.5 });
    scaled.data.forEach((value, i) => void expect(value).toBeCloseTo(squares[i] ?? 0, 5));
  });

  it.each([1, 6])('of a network of %i channels has its shape, and pictures of its size', async (channels) => {
    const model = await bareModel(channels);
    const input = arrayInput(
      'array',
      [5, 7, channels],
      Float32Array.from({ length: 35 * channels }, (_, i) => Math.sin(i)),
    );
    const { visualizer, options } = gradient({ layer: 'conv', unit: 3 });
    const artifacts: Artifact[] = [];
    for await (const event of visualizer.run(testContext({ model, inputs: [input] }), options as never))
      if (event.type === 'artifact' && event.artifact.name !== 'receptive-field') artifacts.push(event.artifact);
    const sizes = artifacts.map((artifact) =>
      artifact.kind === 'image' ? [artifact.image.height, artifact.image.width] : artifact.kind === 'tensor' && artifact.shape,
    );
    expect(sizes).toEqual([[5, 7, channels], ...Array.from({ length: artifacts.length - 1 }, () => [5, 7])]);
    model.dispose();
  });

  it('refuses targets that do not exist before any work', async () => {
    await expect(attribution({ class: 'montain' })).rejects.toThrow(/mountain/);
    await expect(attribution({ class: 4 })).rejects.toThrow(/0 to 3/);
    await expect(attribution({ layer: 'conv9' })).rejects.toThrow(/conv/);
    await expect(attribution({ layer: 'conv2', unit: 99 })).rejects.toThrow(/99/);
    await expect(attribution({ layer: 'conv2', at: [90, 0] })).rejects.toThrow(/90/);
  });
});
