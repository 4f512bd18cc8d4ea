import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/** A fixed sequence of numbers in [−1, 1) without pattern. */
const numbers = (count: number, salt = 1): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => (Math.sin((i + 1) * 12.9898 + salt * 78.233) * 43758.5453) % 1);

export const filled = <S extends number[]>(shape: S, salt = 1): Tensor =>
  tf.tensor(
    numbers(
      shape.reduce((a, b) => a * b, 1),
      salt,
    ),
    shape,
  );

/**
 * Compares the gradient of Σ f(x) · w, for fixed weights w, with central differences in every element of x.
 * f must be linear in x, or smooth enough over ± `step`.
 */
export async function expectTrueGradient(f: (x: Tensor) => Tensor, x: Tensor, step = 1e-2, tolerance = 2e-3): Promise<void> {
  const scalar = (at: Tensor): tf.Scalar => {
    const y = f(at);
    return tf.sum(tf.mul(y, filled(y.shape, 7)));
  };
  const gradient = tf.tidy(() => tf.grad((at: Tensor) => scalar(at))(x));
  const computed = await gradient.data();
  const values = Float32Array.from(await x.data());
  for (let i = 0; i < values.length; i++) {
    const at = async (offset: number): Promise<number> => {
      const moved = values.slice();
      moved[i] = (moved[i] ?? 0) + offset;
      const result = tf.tidy(() => scalar(tf.tensor(moved, x.shape)));
      const [value = Number.NaN] = await result.data();
      result.dispose();
      return value;
    };
    const expected = ((await at(step)) - (await at(-step))) / (2 * step);
    expect(Math.abs((computed[i] ?? Number.NaN) - expected), `element ${i}: ${computed[i]} against ${expected}`).toBeLessThan(
      tolerance * Math.max(1, Math.abs(expected)),
    );
  }
  gradient.dispose();
}
