import { getBackend, matMul, type Tensor2D, tensor2d, tidy, transpose } from '@tensorflow/tfjs-core';
import { emptyLike, type FloatArray } from './rows.js';

/** Sizes of a product: [m, k] times [k, n] gives [m, n], after transposing what is to be transposed. */
export interface ProductShape {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** `a` is stored [k, m]. */
  readonly transposeA?: boolean;
  /** `b` is stored [n, k]. Not together with `transposeA`. */
  readonly transposeB?: boolean;
}

/** A matrix product of row-major arrays, as a new array in the precision of `a`. */
export type Product = <A extends FloatArray>(a: A, b: A, shape: ProductShape) => A;

/** By loops over rows, four rows at a time; sums in the precision of the arrays. */
export const plainProduct: Product = (a, b, { m, k, n, transposeA = false, transposeB = false }) => {
  const out = emptyLike(a, m * n);
  if (transposeB) dots(a, b, out, m, k, n);
  else
    for (let i = 0; i < m; i += 4) {
      const rows = Math.min(4, m - i);
      if (rows === 4 && !transposeA) fourRows(a, b, out, i, k, n);
      else for (let row = i; row < i + rows; row++) oneRow(a, b, out, row, transposeA ? [1, m] : [k, 1], k, n);
    }
  return out;
};

function fourRows(a: FloatArray, b: FloatArray, out: FloatArray, i: number, k: number, n: number): void {
  const [o0, o1, o2, o3] = [i * n, (i + 1) * n, (i + 2) * n, (i + 3) * n];
  for (let p = 0; p < k; p++) {
    const [a0, a1, a2, a3] = [a[i * k + p] ?? 0, a[(i + 1) * k + p] ?? 0, a[(i + 2) * k + p] ?? 0, a[(i + 3) * k + p] ?? 0];
    for (let j = 0, q = p * n; j < n; j++, q++) {
      const value = b[q] ?? 0;
      out[o0 + j] = (out[o0 + j] ?? 0) + a0 * value;
      out[o1 + j] = (out[o1 + j] ?? 0) + a1 * value;
      out[o2 + j] = (out[o2 + j] ?? 0) + a2 * value;
      out[o3 + j] = (out[o3 + j] ?? 0) + a3 * value;
    }
  }
}

function oneRow(a: FloatArray, b: FloatArray, out: FloatArray, row: number, steps: readonly [number, number], k: number, n: number): void {
  const [rowStep, columnStep] = steps;
  for (let p = 0; p < k; p++) {
    const value = a[row * rowStep + p * columnStep] ?? 0;
    if (value === 0) continue;
    for (let j = 0, o = row * n, q = p * n; j < n; j++, o++, q++) out[o] = (out[o] ?? 0) + value * (b[q] ?? 0);
  }
}

function dots(a: FloatArray, b: FloatArray, out: FloatArray, m: number, k: number, n: number): void {
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0, x = i * k, y = j * k; p < k; p++, x++, y++) sum += (a[x] ?? 0) * (b[y] ?? 0);
      out[i * n + j] = sum;
    }
}

/** On the TensorFlow.js backend in use, in single precision; arrays in double precision go through the loops. */
export const tensorProduct: Product = (a, b, shape) => {
  const { m, k, n, transposeA = false, transposeB = false } = shape;
  if (!(a instanceof Float32Array && b instanceof Float32Array)) return plainProduct(a, b, shape);
  const out = emptyLike(a, m * n);
  tidy(() => {
    const left = tensor2d(a, transposeA ? [k, m] : [m, k]);
    const right = tensor2d(b, transposeB ? [n, k] : [k, n]);
    // Transposed beforehand: the kernel for transposed operands is many times slower on wasm.
    const turned = (matrix: Tensor2D, needed: boolean): Tensor2D => (needed ? transpose(matrix) : matrix);
    out.set(matMul(turned(left, transposeA), turned(right, transposeB)).dataSync());
  });
  return out;
};

const FAST = ['wasm', 'tensorflow'];

/**
 * The faster of the two on the backend in use. Measured on two cores, for whole training steps of GRU and LSTM with 512–2560 features and 128–512 units: tensors on
 * wasm are 3 to 7 times as fast as the loops, copies included. The backend `cpu` is itself made of loops, so that tensors gain nothing there.
 */
export const fastProduct = (): Product => (FAST.includes(getBackend()) ? tensorProduct : plainProduct);
