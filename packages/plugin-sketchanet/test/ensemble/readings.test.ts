import '@tensorflow/tfjs';
import { drawingValues } from '@featurescope/core';
import { syntheticDrawing, tinyModel } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { readLayers } from '../../src/ensemble/readings.js';

it('gives the mean of a map over its positions, and vectors as they are', async () => {
  const model = await tinyModel();
  const drawings = ['a', 'b', 'c'].map((seed) => syntheticDrawing(seed));
  const before = tf.memory().numTensors;
  const [map, vector] = await readLayers(model, drawings, 1, ['conv2', 'fc3'], new AbortController().signal);
  expect(tf.memory().numTensors).toBe(before);
  for (const [i, drawing] of drawings.entries()) {
    const { shape, data } = drawingValues(drawing, model.input);
    const picture = tf.tensor4d(data, shape);
    const found = await model.activations(picture, ['conv2', 'fc3']);
    const means = found.get('conv2')?.mean([0, 1, 2]).arraySync() as number[];
    const scores = [...(found.get('fc3')?.dataSync() ?? [])];
    means.forEach((mean, c) => {
      expect(map?.data[i * means.length + c]).toBeCloseTo(mean, 4);
    });
    scores.forEach((score, c) => {
      expect(vector?.data[i * scores.length + c]).toBeCloseTo(score, 4);
    });
    expect([means.length, scores.length]).toEqual([map?.columns, vector?.columns]);
  }
  model.dispose();
});
