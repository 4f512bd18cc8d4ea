import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shift } from '../../src/loop/shift.js';

const picture = () =>
  tf.tensor4d(
    Float32Array.from({ length: 3 * 5 * 2 }, (_, i) => i),
    [1, 3, 5, 2],
  );

describe('shift', () => {
  it('moves down and right, around the border', async () => {
    const start = picture();
    const moved = shift(start, 1, -2);
    const values = await moved.data();
    const original = await start.data();
    for (let y = 0; y < 3; y++)
      for (let x = 0; x < 5; x++)
        for (let c = 0; c < 2; c++) expect(values[(((y + 1) % 3) * 5 + ((x + 3) % 5)) * 2 + c]).toBe(original[(y * 5 + x) * 2 + c]);
    tf.dispose([start, moved]);
  });

  it('is undone by the opposite shift, for any distance', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }), async (dy, dx) => {
        const count = tf.memory().numTensors;
        const start = picture();
        const there = shift(start, dy, dx);
        const back = shift(there, -dy, -dx);
        expect([...(await back.data())]).toEqual([...(await start.data())]);
        tf.dispose([start, there, back]);
        expect(tf.memory().numTensors).toBe(count);
      }),
      { numRuns: 30 },
    );
  });
});
