import '@tensorflow/tfjs';
import { createRandom, plainProduct, tensorProduct } from '@featurescope/core';
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type CellName, layout, lossGradient, type RecurrentNetwork } from '../../src/recurrent/network.js';

const random = createRandom(9);
const normals = (n: number): Float64Array => Float64Array.from({ length: n }, () => random.normal());

/** A network in double precision with large random weights, so that no gate is in its linear range. */
function network(cell: CellName): RecurrentNetwork<Float64Array> {
  const sizes = { cell, features: 3, hidden: 4, classes: 3 };
  const weights = new Map(layout(sizes).map(([name, shape]) => [name, { shape, data: normals(shape.reduce((a, b) => a * b)) }]));
  return { ...sizes, weights };
}

const drawings = [2, 5, 1, 3].map((steps, i) => ({ features: { columns: 3, data: normals(steps * 3) }, label: i % 3 }));

describe.each(['gru', 'lstm'] as const)('%s', (cell) => {
  const weighting = { alpha: 3, weighting: 'sum' } as const;

  it('has gradients that agree with finite differences in every weight, over uneven lengths', () => {
    const given = network(cell);
    const { gradients } = lossGradient(given, drawings, weighting);
    const h = 1e-5;
    let checked = 0;
    for (const [name, { data }] of given.weights)
      for (let i = 0; i < data.length; i++) {
        const kept = data[i] ?? 0;
        data[i] = kept + h;
        const above = lossGradient(given, drawings, weighting).loss;
        data[i] = kept - h;
        const below = lossGradient(given, drawings, weighting).loss;
        data[i] = kept;
        expect(Math.abs((gradients.get(name)?.[i] ?? Number.NaN) - (above - below) / (2 * h)), `${name}[${i}]`).toBeLessThan(1e-8);
        checked++;
      }
    expect(checked).toBe(cell === 'gru' ? 3 * (3 * 4 + 4 * 4 + 4) + 12 : 4 * (3 * 4 + 4 * 4 + 4) + 12);
  });

  it('gives a batch the mean of what its drawings give alone: no length leaks into another', () => {
    const given = network(cell);
    const together = lossGradient(given, drawings, weighting);
    const alone = drawings.map((drawing) => lossGradient(given, [drawing], weighting));
    expect(together.loss).toBeCloseTo(
      alone.reduce((sum, { loss }) => sum + loss / 4, 0),
      12,
    );
    expect(together.right).toBe(alone.reduce((sum, { right }) => sum + right, 0));
    for (const [name, gradient] of together.gradients)
      gradient.forEach((value, i) => {
        expect(value).toBeCloseTo(
          alone.reduce((sum, { gradients }) => sum + (gradients.get(name)?.[i] ?? 0) / 4, 0),
          11,
        );
      });
  });

  it('gives the same by tensors, which leave nothing behind', () => {
    const double = network(cell);
    const single = {
      ...double,
      weights: new Map([...double.weights].map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }])),
    };
    const features = drawings.map(({ features: { columns, data }, label }) => ({
      features: { columns, data: Float32Array.from(data) },
      label,
    }));
    const before = memory().numTensors;
    const plain = lossGradient(single, features, weighting, plainProduct);
    const tensors = lossGradient(single, features, weighting, tensorProduct);
    expect(memory().numTensors).toBe(before);
    expect(tensors.loss).toBeCloseTo(plain.loss, 5);
    for (const [name, gradient] of plain.gradients)
      gradient.forEach((value, i) => {
        expect(tensors.gradients.get(name)?.[i]).toBeCloseTo(value, 4);
      });
  });
});
