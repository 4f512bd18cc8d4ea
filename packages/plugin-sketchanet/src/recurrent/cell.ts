import { emptyLike, type FloatArray, type Product } from '@featurescope/core';
import type { Packed } from './sequence.js';

export interface Parameter<A extends FloatArray = FloatArray> {
  readonly shape: readonly number[];
  readonly data: A;
}

/** Weights by name. Kernels are [from, to]: a row vector times the kernel. */
export type Parameters<A extends FloatArray = FloatArray> = ReadonlyMap<string, Parameter<A>>;

/** Gradients by the names of the weights. */
export type Gradients<A extends FloatArray> = Map<string, A>;

/** A forward pass that can be gone back through. */
export interface Unrolled<A extends FloatArray> {
  /** h_t of every packed row, [rows, hidden]. */
  readonly hidden: A;
  /** From ∂L/∂h_t of every row, through time; gradients are not taken with respect to the inputs. */
  backward(hiddenGradient: A): Gradients<A>;
}

/** A recurrent cell, from h_0 = 0. */
export interface Cell {
  readonly shapes: (features: number, hidden: number) => readonly (readonly [name: string, shape: readonly number[]])[];
  readonly unroll: <A extends FloatArray>(weights: Parameters<A>, packed: Packed<A>, hidden: number, product: Product) => Unrolled<A>;
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** inputs · kernel + bias for all rows at once: the part that does not wait for earlier steps. */
export function project<A extends FloatArray>({ inputs, rows, features }: Packed<A>, kernel: A, bias: A, product: Product): A {
  const out = product(inputs, kernel, { m: rows, k: features, n: bias.length });
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) + (bias[i % bias.length] ?? 0);
  return out;
}

/** Gradients of the kernel and bias of `project`. */
export function projectGradients<A extends FloatArray>(
  { inputs, rows, features }: Packed<A>,
  gradient: A,
  product: Product,
): readonly [A, A] {
  const n = gradient.length / rows;
  const bias = emptyLike(gradient, n);
  for (let i = 0; i < gradient.length; i++) bias[i % n] = (bias[i % n] ?? 0) + (gradient[i] ?? 0);
  return [product(inputs, gradient, { m: features, k: rows, n, transposeA: true }), bias];
}

/** The rows of step t in a packed array of so many columns. */
export function stepOf<A extends FloatArray>({ offsets, active }: Packed, values: A, columns: number, t: number): A {
  const from = (offsets[t] ?? 0) * columns;
  return values.subarray(from, from + (active[t] ?? 0) * columns) as A;
}

/** The rows one step earlier of the sequences that are active at step t; zeros at the first step. */
export function before<A extends FloatArray>({ offsets, active }: Packed, values: A, columns: number, t: number): A {
  const length = (active[t] ?? 0) * columns;
  if (t === 0) return emptyLike(values, length);
  const from = (offsets[t - 1] ?? 0) * columns;
  return values.subarray(from, from + length) as A;
}

/** Values of the step before, for every row. */
export function shifted<A extends FloatArray>(packed: Packed, values: A, columns: number): A {
  const out = emptyLike(values, values.length);
  for (let t = 1; t < packed.active.length; t++) out.set(before(packed, values, columns, t), (packed.offsets[t] ?? 0) * columns);
  return out;
}

export function weightOf<A extends FloatArray>(weights: Parameters<A>, name: string): A {
  const weight = weights.get(name);
  if (!weight) throw new Error(`recurrent weight "${name}" is missing`);
  return weight.data;
}
