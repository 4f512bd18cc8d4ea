import '@tensorflow/tfjs';
import { referenceExecutor, tinyNetwork } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { affected, around, isNowhere, NOWHERE } from '../../src/execution/patched/affected.js';
import { patchedPasses } from '../../src/execution/patched/index.js';
import type { Layer, Shape } from '../../src/network/layer.js';
import { outputShape } from '../../src/network/shapes.js';

const conv = (kernel: number, stride: number, padding: number, dilation: number): Layer => ({
  kind: 'conv',
  name: 'conv',
  inputs: ['input'],
  kernelSize: [kernel, kernel],
  filters: 1,
  stride: [stride, stride],
  dilation: [dilation, dilation],
  padding: { top: padding, left: padding, bottom: padding, right: padding },
  groups: 1,
  bias: false,
});

/** Whether the window of a position reads a position of the box, by trying all its taps. */
function reads(p: number, { kernel, stride, padding, dilation }: Record<string, number>, from: number, to: number): boolean {
  for (let k = 0; k < (kernel ?? 1); k++) {
    const at = p * (stride ?? 1) - (padding ?? 0) + k * (dilation ?? 1);
    if (at >= from && at < to) return true;
  }
  return false;
}

describe('what a patch changes', () => {
  it('is the box around the positions whose windows read it', () => {
    const setting = fc.record({
      kernel: fc.integer({ min: 1, max: 5 }),
      stride: fc.integer({ min: 1, max: 4 }),
      padding: fc.integer({ min: 0, max: 3 }),
      size: fc.integer({ min: 5, max: 20 }),
      start: fc.nat(100),
      length: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(setting, ({ kernel, stride, padding, size, start, length }) => {
        const layer = conv(kernel, stride, padding, 1);
        const input: Shape = [size, size, 1];
        const output = outputShape(layer, [input]);
        const top = start % size;
        const height = Math.min(length, size - top);
        const found = affected(layer, [{ top, left: 0, height, width: size }], [input], output);
        const rows = Array.from({ length: output[0] }, (_, p) => p).filter((p) =>
          reads(p, { kernel, stride, padding, dilation: 1 }, top, top + height),
        );
        if (rows.length === 0) expect(isNowhere(found)).toBe(true);
        else expect([found.top, found.top + found.height]).toEqual([rows[0], (rows.at(-1) ?? 0) + 1]);
      }),
    );
  });

  it('contains all that is read with gaps between the taps', () => {
    const layer = conv(3, 2, 2, 3);
    const input: Shape = [17, 17, 1];
    const output = outputShape(layer, [input]);
    for (let top = 0; top < 17; top++) {
      const { top: first, height } = affected(layer, [{ top, left: 0, height: 1, width: 17 }], [input], output);
      for (let p = 0; p < output[0]; p++)
        if (reads(p, { kernel: 3, stride: 2, padding: 2, dilation: 3 }, top, top + 1)) expect(p >= first && p < first + height).toBe(true);
    }
  });

  it('is everything behind a dense layer or a global pool, and nothing where nothing came', () => {
    const box = { top: 1, left: 2, height: 1, width: 1 };
    const pool: Layer = { kind: 'globalAvgPool', name: 'pool', inputs: ['input'] };
    expect(affected(pool, [box], [[4, 5, 3]], [1, 1, 3])).toEqual({ top: 0, left: 0, height: 1, width: 1 });
    expect(affected(pool, [NOWHERE], [[4, 5, 3]], [1, 1, 3])).toEqual(NOWHERE);
  });

  it('is the union of what changes in the parts of a join, and everything where a single position is spread', () => {
    const add: Layer = { kind: 'add', name: 'add', inputs: ['a', 'b'] };
    const [a, b] = [
      { top: 0, left: 0, height: 2, width: 2 },
      { top: 3, left: 1, height: 1, width: 4 },
    ];
    const shape: Shape = [6, 7, 2];
    expect(affected(add, [a, b], [shape, shape], shape)).toEqual({ top: 0, left: 0, height: 4, width: 5 });
    expect(around([a, NOWHERE])).toEqual(a);
    const one = { top: 0, left: 0, height: 1, width: 1 };
    expect(affected(add, [a, one], [shape, [1, 1, 2]], shape)).toEqual({ top: 0, left: 0, height: 6, width: 7 });
    expect(affected(add, [a, NOWHERE], [shape, [1, 1, 2]], shape)).toEqual(a);
  });
});

describe('patched passes', () => {
  it('are batched where the executor has no others, and refuse what does not exist', async () => {
    const compiled = await referenceExecutor.compile(tinyNetwork());
    const picture = tf.zeros<tf.Rank.R4>([1, 9, 8, 3]);
    const before = tf.memory().numTensors;
    const passes = await patchedPasses(compiled, picture, [{ layer: 'conv2' }]);
    expect(passes.manner).toBe('batched');
    expect(await passes.forward([])).toEqual([new Float32Array()]);
    await expect(patchedPasses(compiled, picture, [{ layer: 'conv3' }])).rejects.toThrow(/The network has no layer "conv3".*conv2/);
    await expect(patchedPasses(compiled, picture, [{ layer: 'conv2', channels: [99] }])).rejects.toThrow(
      /no channel 99; expected .* from 0 to/,
    );
    const aborted = AbortSignal.abort();
    const patch = { box: { top: 0, left: 0, height: 1, width: 1 }, values: new Float32Array(3) };
    await expect(passes.forward([patch], aborted)).rejects.toThrow();
    expect(tf.memory().numTensors).toBe(before);
    picture.dispose();
    compiled.dispose();
  });
});
