import '@tensorflow/tfjs';
import { type ConfiguredVisualizer, weightsHash } from '@featurescope/core';
import { tinyModel } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { backward, deconvnet, gradient, guidedBackprop } from '../../src/index.js';
import { conv, dense, lrn, maxPool, modelOf, networkOf, plain, type Row } from '../support/networks.js';
import { attributionOfArray, largest, largestDifference, wave } from '../support/run.js';

const weight = (shape: readonly number[], data: readonly number[]) => ({ shape, data: Float32Array.from(data) });

/** Input → ReLU → one unit that weighs it by `above`: a signal of 1 arrives at the ReLU as `above`. */
const reluModel = (above: readonly number[]) =>
  modelOf(
    networkOf(1, [plain('relu', 'relu'), dense('unit', 1, { bias: false })], new Map([['unit/kernel', weight([above.length, 1], above)]])),
    [1, above.length, 1],
  );

describe('the rule at a ReLU', () => {
  const input = [1, -2, 3, -1];
  const above = [-5, 4, 2, -3];
  const unit = { layer: 'unit', unit: 0 };
  it.each<[ConfiguredVisualizer, readonly number[]]>([
    [gradient(unit), [-5, 0, 2, 0]],
    [deconvnet(unit), [0, 4, 2, 0]],
    [guidedBackprop(unit), [0, 0, 2, 0]],
    [backward({ ...unit, forwardMask: false }), [-5, 4, 2, -3]],
  ])('is that of the worked example: %#', async (configured, expected) => {
    const model = await reluModel(above);
    const { data } = await attributionOfArray(configured, model, [1, 4, 1], Float32Array.from(input));
    expect(Array.from(data, (value) => value + 0)).toEqual(expected);
    model.dispose();
  });

  it.each([
    [plain('tanh', 'f'), (x: number) => 1 - Math.tanh(x) ** 2],
    [{ kind: 'leakyRelu', name: 'f', slope: 0.2 } as Row, (x: number) => (x > 0 ? 1 : 0.2)],
    [{ kind: 'clip', name: 'f', min: 0, max: 2 } as Row, (x: number) => (x > 0 && x < 2 ? 1 : 0)],
  ] as const)('has the derivative in place of the mask for other functions: %#', async (row, derivative) => {
    const network = networkOf(1, [row, dense('unit', 1, { bias: false })], new Map([['unit/kernel', weight([4, 1], above)]]));
    const model = await modelOf(network, [1, 4, 1]);
    const run = async (configured: ConfiguredVisualizer) =>
      (await attributionOfArray(configured, model, [1, 4, 1], Float32Array.from(input))).data;
    expect(
      largestDifference(
        await run(guidedBackprop(unit)),
        above.map((r, i) => Math.max(r, 0) * derivative(input[i] ?? 0)),
      ),
    ).toBeLessThan(1e-6);
    expect(
      largestDifference(
        await run(deconvnet(unit)),
        above.map((r) => Math.max(r, 0)),
      ),
    ).toBeLessThan(1e-6);
    model.dispose();
  });
});

describe('policies', () => {
  const shape = [11, 8, 3] as const;
  const values = wave(shape);

  it('deconvnet is guided backpropagation where every mask is open, and not otherwise', async () => {
    const rows = [
      conv('c1', [3, 3], 5, 1),
      plain('relu', 'r1'),
      maxPool('p1', 3, 2, true),
      conv('c2', [3, 3], 4),
      plain('relu', 'r2'),
      dense('d', 3),
    ];
    const model = await modelOf(networkOf(3, rows), shape);
    for (const [brightness, open] of [
      [40, true],
      [0, false],
    ] as const) {
      const given = values.map((value) => value + brightness);
      const { weights } = model.network;
      // Kernels that are nowhere negative on a bright picture keep every ReLU open.
      const kernels = new Map(
        [...weights].map(([name, { shape, data }]) => [name, { shape, data: open && /^c/.test(name) ? data.map(Math.abs) : data }]),
      );
      const one = await modelOf({ ...model.network, weights: kernels }, shape);
      const [first, second] = [
        await attributionOfArray(deconvnet({ layer: 'd', unit: 1 }), one, shape, given),
        await attributionOfArray(guidedBackprop({ layer: 'd', unit: 1 }), one, shape, given),
      ];
      expect(largest(second.data)).toBeGreaterThan(1e-3);
      if (open) expect(first.data).toEqual(second.data);
      else expect(largestDifference(first.data, second.data)).toBeGreaterThan(1e-3);
      one.dispose();
    }
    model.dispose();
  });

  it('are all the gradient in a linear network', async () => {
    const pool = {
      kind: 'avgPool',
      name: 'p',
      size: [3, 2],
      stride: [2, 2],
      padding: { top: 1, left: 0, bottom: 1, right: 0 },
      ceilMode: true,
      countIncludePad: true,
    } as Row;
    const model = await modelOf(networkOf(3, [conv('c1', [3, 3], 4, 1), pool, conv('c2', [2, 3], 5), dense('d', 3)]), shape);
    const run = async (configured: ConfiguredVisualizer) => (await attributionOfArray(configured, model, shape, values)).data;
    const expected = await run(gradient({ layer: 'd', unit: 2 }));
    expect(largest(expected)).toBeGreaterThan(0.01);
    for (const method of [deconvnet, guidedBackprop]) expect(await run(method({ layer: 'd', unit: 2 }))).toEqual(expected);
    expect(await run(backward({ layer: 'd', unit: 2, forwardMask: false, maxPool: 'center' }))).toEqual(expected);
    model.dispose();
  });

  it('are reached by flags: the named methods are members of the family', async () => {
    const rows = [
      conv('c1', [3, 3], 5, 1),
      plain('relu', 'r1'),
      lrn('n1'),
      maxPool('p1', 2, 2),
      conv('c2', [3, 3], 4),
      plain('relu', 'r2'),
      dense('d', 3),
    ];
    const model = await modelOf(networkOf(3, rows), shape);
    const run = async (configured: ConfiguredVisualizer) => (await attributionOfArray(configured, model, shape, values)).data;
    const unit = { layer: 'd', unit: 0 };
    const [plainGradient, zf, guided] = [await run(gradient(unit)), await run(deconvnet(unit)), await run(guidedBackprop(unit))];
    expect(await run(backward(unit))).toEqual(plainGradient);
    expect(await run(backward({ ...unit, forwardMask: false, rectifySignal: true, lrn: 'bypass' }))).toEqual(zf);
    expect(await run(backward({ ...unit, rectifySignal: true, lrn: 'bypass' }))).toEqual(guided);
    const others = [
      await run(backward({ ...unit, lrn: 'bypass' })),
      await run(backward({ ...unit, maxPool: 'center' })),
      await run(backward({ ...unit, maxPool: 'all' })),
      await run(backward({ ...unit, forwardMask: false })),
    ];
    const all = [plainGradient, zf, guided, ...others];
    all.forEach((a, i) => {
      for (const b of all.slice(i + 1)) expect(largestDifference(a, b)).toBeGreaterThan(1e-4);
    });
    model.dispose();
  });

  it('leave the weights as they are', async () => {
    const model = await tinyModel();
    const before = await weightsHash(model.compiled.network);
    for (const method of [gradient, deconvnet, guidedBackprop, backward])
      await attributionOfArray(method(), model, [12, 10, 3], wave([12, 10, 3]));
    expect(await weightsHash(model.compiled.network)).toBe(before);
    model.dispose();
  });
});
