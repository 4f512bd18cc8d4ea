import '@tensorflow/tfjs';
import type { Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gatherOnDevice, gatherOnHost, type Sampling, scatterOnHost, transposed } from '../../src/transforms/sampling.js';
import { bilinear } from '../../src/transforms/similarity.js';

/** The matrix written out, [rows][columns]. */
function dense({ rows, columns, taps, index, weight }: Sampling): number[][] {
  const matrix = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  for (let i = 0; i < index.length; i++) {
    const row = matrix[Math.floor(i / taps)] as number[];
    row[index[i] as number] = (row[index[i] as number] as number) + (weight[i] as number);
  }
  return matrix;
}

const samplings = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns, taps]) =>
    fc.tuple(
      fc.constant({ rows, columns, taps }),
      fc.array(fc.integer({ min: 0, max: columns - 1 }), { minLength: rows * taps, maxLength: rows * taps }),
      fc.array(fc.constantFrom(0, 0.25, -1, 2), { minLength: rows * taps, maxLength: rows * taps }),
    ),
  )
  .map(([size, index, weight]): Sampling => ({ ...size, index: Int32Array.from(index), weight: Float32Array.from(weight) }));

it('is transposed entry by entry', () => {
  fc.assert(
    fc.property(samplings, (sampling) => {
      const matrix = dense(sampling);
      expect(dense(transposed(sampling))).toEqual(Array.from({ length: sampling.columns }, (_, j) => matrix.map((row) => row[j])));
    }),
  );
});

it('is multiplied alike by tensor operations, in a loop, and by hand', async () => {
  await fc.assert(
    fc.asyncProperty(samplings, fc.integer({ min: 1, max: 3 }), async (sampling, channels) => {
      const count = tf.memory().numTensors;
      const { rows, columns } = sampling;
      const x: Tensor3D = tf.tensor3d(
        Float32Array.from({ length: 2 * columns * channels }, (_, i) => ((i * 7) % 11) - 5),
        [2, columns, channels],
      );
      const y: Tensor3D = tf.tensor3d(
        Float32Array.from({ length: 2 * rows * channels }, (_, i) => ((i * 5) % 13) - 6),
        [2, rows, channels],
      );
      const matrix = dense(sampling);
      const given = await x.data();
      const expected = Array.from({ length: 2 * rows * channels }, (_, i) => {
        const [n, row, c] = [Math.floor(i / (rows * channels)), Math.floor(i / channels) % rows, i % channels];
        return (matrix[row] ?? []).reduce((sum, weight, j) => sum + weight * (given[(n * columns + j) * channels + c] ?? 0), 0);
      });
      const results = [gatherOnDevice(x, sampling), gatherOnHost(x, sampling)];
      const adjoints = [gatherOnDevice(y, transposed(sampling)), scatterOnHost(y, sampling)];
      for (const result of results) expect((await result.data()).every((value, i) => value === expected[i])).toBe(true);
      expect([...((await adjoints[0]?.data()) ?? [])].map((value) => value + 0)).toEqual(
        [...((await adjoints[1]?.data()) ?? [])].map((value) => value + 0),
      );
      tf.dispose([x, y, ...results, ...adjoints]);
      expect(tf.memory().numTensors).toBe(count);
    }),
    { numRuns: 60 },
  );
});

it('has weights that add up to one at every pixel of a resampled picture', () => {
  const sampling = bilinear([7, 10], { factor: 0.6, degrees: 33 });
  for (const row of dense(sampling)) expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
});
