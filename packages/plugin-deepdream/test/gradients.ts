import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { BACKENDS } from '../../runtime/src/backends/index.js';

export type Shape4 = [number, number, number, number];
export type Map4 = (x: Tensor4D) => Tensor4D;

/** The backends that every machine has, with the kernels that a run uses. */
export const TESTED = ['cpu', 'wasm'] as const;
export const use = async (name: (typeof TESTED)[number]): Promise<void> => (await BACKENDS[name].load()).activate();

/** Numbers in (−1, 1) without pattern. */
export const filled = (shape: Shape4, salt = 1): Tensor4D =>
  tf.tensor4d(
    Float32Array.from(
      { length: shape.reduce((a, b) => a * b, 1) },
      (_, i) => (Math.sin((i + 1) * 12.9898 + salt * 78.233) * 43758.5453) % 1,
    ),
    shape,
  );

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? Number.NaN) * (b[i] ?? Number.NaN);
  return sum;
};

const values = async (compute: () => Tensor4D): Promise<{ readonly data: Float32Array; readonly shape: Shape4 }> => {
  const tensor = tf.tidy(compute);
  const data = Float32Array.from(await tensor.data());
  const { shape } = tensor;
  tensor.dispose();
  return { data, shape };
};

/** ⟨f(x) − f(0), y⟩ = ⟨x, gradient of f at x for the signal y⟩, for f linear but for a constant. */
export async function expectAdjoint(f: Map4, shape: Shape4): Promise<void> {
  const x = await values(() => filled(shape, 1));
  const fx = await values(() => f(filled(shape, 1)));
  const f0 = await values(() => f(tf.zeros<tf.Rank.R4>(shape)));
  const y = await values(() => filled(fx.shape, 2));
  const back = await values(() => tf.grad((at) => f(at as Tensor4D))(filled(shape, 1), filled(fx.shape, 2)) as Tensor4D);
  expect(back.shape).toEqual(shape);
  const forward = dot(
    fx.data.map((value, i) => value - (f0.data[i] ?? Number.NaN)),
    y.data,
  );
  const size = Math.sqrt(dot(fx.data, fx.data) * dot(y.data, y.data));
  expect(size).toBeGreaterThan(0);
  expect(Math.abs(forward - dot(x.data, back.data)) / size).toBeLessThan(1e-6);
}

/** The gradient of Σ f(x)·y against central differences in every element of x. */
export async function expectTrueGradient(f: Map4, x: Float32Array, shape: Shape4, step = 1e-2, tolerance = 2e-3): Promise<void> {
  const at = (given: Float32Array) => tf.tensor4d(given, shape);
  const target = await values(() => f(at(x)));
  const y = await values(() => filled(target.shape, 3));
  const gradient = await values(() => tf.grad((from) => f(from as Tensor4D))(at(x), filled(target.shape, 3)) as Tensor4D);
  const largest = gradient.data.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  expect(largest).toBeGreaterThan(0);
  for (let i = 0; i < x.length; i++) {
    const moved = async (by: number) => dot((await values(() => f(at(x.map((value, j) => (j === i ? value + by : value)))))).data, y.data);
    const expected = ((await moved(step)) - (await moved(-step))) / (2 * step);
    expect(Math.abs((gradient.data[i] ?? Number.NaN) - expected) / largest, `element ${i}`).toBeLessThan(tolerance);
  }
}
