import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeTarget, findTarget, type Model, resolveTarget, strongestUnit, targetOptions } from '../../src/index.js';
import { tinyModel } from '../../src/testing/index.js';

const schema = z.strictObject(targetOptions);
let model: Model;
let image: Tensor4D;
beforeAll(async () => {
  model = await tinyModel();
  image = tf.tensor4d(
    Float32Array.from({ length: 7 * 5 * 3 }, (_, i) => Math.sin(i * 1.7)),
    [1, 7, 5, 3],
  );
});
afterAll(() => image.dispose());

const find = (options: z.input<typeof schema>) => findTarget(model, schema.parse(options), 'gradient');

describe('findTarget', () => {
  it('finds classes at the logits or the probabilities, and layers by name or index', () => {
    expect(find({ class: 'water' })).toMatchObject({ layer: { name: 'fc3' }, unit: 3 });
    expect(find({ class: 1, of: 'probabilities' })).toMatchObject({ layer: { name: 'prob' }, unit: 1 });
    expect(find({})).toEqual({ layer: model.layer('fc3') });
    expect(find({ layer: 4, unit: 7, at: [1, 0] })).toMatchObject({ layer: { name: 'conv2' }, unit: 7, at: [1, 0] });
  });

  it('refuses what contradicts itself or does not exist', () => {
    expect(() => find({ class: 1, layer: 'conv1' })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: gradient: a class cannot be combined with a layer; give one of them.]`,
    );
    expect(() => find({ unit: 3 })).toThrowErrorMatchingInlineSnapshot(`[FeaturescopeError: gradient: a unit needs a layer.]`);
    expect(() => find({ unit: 3, class: 2 })).toThrow(/cannot be combined/);
    expect(() => find({ layer: 'conv2', unit: 8 })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Layer "conv2" has no unit 8: expected a channel from 0 to 7.]`,
    );
    expect(() => find({ layer: 'conv9' })).toThrow(/Did you mean/);
    expect(() => find({ class: 'mountains' })).toThrow(/"mountain"/);
    expect(() => find({ layer: 'conv1', of: 'probabilities' })).toThrow(/probabilities/);
  });
});

describe('resolveTarget', () => {
  it('takes the strongest channel and position', async () => {
    const before = tf.memory().numTensors;
    const target = await resolveTarget(model, image, find({ layer: 'conv2' }));
    const activations = await model.activations(image, ['conv2']);
    const values = activations.get('conv2')?.dataSync() ?? new Float32Array();
    expect(target.value).toBe(Math.max(...values));
    expect(values[(target.at[0] * 2 + target.at[1]) * 8 + target.unit]).toBe(target.value);
    const { value, gradient } = await model.gradient(image, target.objective);
    expect(value).toBeCloseTo(target.value, 5);
    tf.dispose([gradient, ...activations.values()]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('keeps what was given, and refuses positions outside', async () => {
    const target = await resolveTarget(model, image, find({ layer: 'conv1', unit: 2, at: [6, 4] }));
    expect([target.unit, target.at]).toEqual([2, [6, 4]]);
    expect(describeTarget(model, target)).toBe('conv1, unit 2 at (6, 4)');
    await expect(resolveTarget(model, image, find({ layer: 'conv1', at: [4, 6] }))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Layer "conv1" has no position 4,6 on this input: expected a row from 0 to 6 and a column from 0 to 4.]`,
    );
  });

  it('describes classes by label', async () => {
    expect(describeTarget(model, await resolveTarget(model, image, find({ class: 'sky' })))).toBe('class 0 (sky)');
  });
});

describe('strongestUnit', () => {
  it('takes the first of equals: channels first, then positions in row-major order', () => {
    const values = [0, 5, 5, 0, 0, 5, 5, 1];
    expect(strongestUnit(values, [2, 2, 2])).toEqual({ unit: 0, at: [0, 1], value: 5 });
    expect(strongestUnit(values, [2, 2, 2], { unit: 1 })).toEqual({ unit: 1, at: [0, 0], value: 5 });
    expect(strongestUnit(values, [2, 2, 2], { at: [1, 0] })).toEqual({ unit: 1, at: [1, 0], value: 5 });
  });

  it('prefers any number to what is none', () => {
    expect(strongestUnit([Number.NaN, -1], [1, 2, 1])).toEqual({ unit: 0, at: [0, 1], value: -1 });
  });
});
