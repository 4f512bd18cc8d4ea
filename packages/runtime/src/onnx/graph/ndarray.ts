import { sizeOf } from './operations.js';

/** A float array, or a rearranged view of one: the element at index i is `data[start + Σ i[axis] · steps[axis]]`. */
export interface NdArray {
  readonly dims: readonly number[];
  readonly data: Float32Array;
  readonly start: number;
  readonly steps: readonly number[];
}

/** Distances between neighbours along each axis in C order. */
function ordered(dims: readonly number[]): number[] {
  const steps = new Array<number>(dims.length).fill(1);
  for (let axis = dims.length - 2; axis >= 0; axis -= 1) steps[axis] = (steps[axis + 1] ?? 1) * (dims[axis + 1] ?? 1);
  return steps;
}

export const ndArray = (dims: readonly number[], data: Float32Array): NdArray => ({ dims, data, start: 0, steps: ordered(dims) });

export function permuted({ dims, data, start, steps }: NdArray, perm: readonly number[]): NdArray {
  return { data, start, dims: perm.map((axis) => dims[axis] ?? 1), steps: perm.map((axis) => steps[axis] ?? 0) };
}

export function reversed({ dims, data, start, steps }: NdArray, axes: readonly number[]): NdArray {
  const last = axes.reduce((offset, axis) => offset + ((dims[axis] ?? 1) - 1) * (steps[axis] ?? 0), 0);
  return { data, dims, start: start + last, steps: steps.map((step, axis) => (axes.includes(axis) ? -step : step)) };
}

/** The same numbers in other dimensions: a view where the axes allow it, else a copy. */
export function reshaped(array: NdArray, dims: readonly number[]): NdArray {
  const steps = regrouped(array, dims);
  return steps ? { ...array, dims, steps } : ndArray(dims, flat(array));
}

/** Steps of a view in new dimensions, by splitting axes and joining those that follow each other evenly. */
function regrouped(array: NdArray, dims: readonly number[]): number[] | undefined {
  const axes = array.dims.flatMap((size, axis) => (size === 1 ? [] : [{ size, step: array.steps[axis] ?? 0 }]));
  const joined: { size: number; step: number }[] = [];
  for (const { size, step } of axes) {
    const before = joined.at(-1);
    if (before && before.step === step * size) joined[joined.length - 1] = { size: before.size * size, step };
    else joined.push({ size, step });
  }
  const result: number[] = [];
  let left = joined.shift();
  for (const size of dims) {
    if (size === 1) {
      result.push(0);
      continue;
    }
    if (left === undefined || left.size === 1) left = joined.shift();
    if (left === undefined || left.size % size !== 0) return undefined;
    left = { size: left.size / size, step: left.step };
    result.push(left.step * left.size);
  }
  return result;
}

/** Appends zeros to each axis up to the given sizes. */
export function padded(array: NdArray, dims: readonly number[]): NdArray {
  const data = new Float32Array(sizeOf(dims));
  copyInto(data, ordered(dims), array);
  return ndArray(dims, data);
}

/** The numbers in C order; not copied when they are so already. */
export function flat(array: NdArray): Float32Array {
  const target = ordered(array.dims);
  const inOrder = array.dims.every((size, axis) => size === 1 || array.steps[axis] === target[axis]);
  if (inOrder && array.start === 0 && array.data.length === sizeOf(array.dims)) return array.data;
  const data = new Float32Array(sizeOf(array.dims));
  copyInto(data, target, array);
  return data;
}

/** Numbers of the source that are copied together: a cache line of them. */
const RUN = 16;

/**
 * Copies with the axis that is contiguous in the source innermost, in short runs: each run reads one cache line, and the
 * runs that follow write on where the last ones ended.
 */
function copyInto(target: Float32Array, targetSteps: readonly number[], { data, dims, start, steps }: NdArray): void {
  if (dims.length === 0) {
    target[0] = data[start] ?? 0;
    return;
  }
  let inner = dims.length - 1;
  dims.forEach((size, axis) => {
    if (size > 1 && Math.abs(steps[axis] ?? 0) === 1) inner = axis;
  });
  const outer = dims.map((_, axis) => axis).filter((axis) => axis !== inner);
  const [size, from, to] = [dims[inner] ?? 1, steps[inner] ?? 0, targetSteps[inner] ?? 0];
  const run = to === 1 ? size : RUN;
  for (let first = 0; first < size; first += run) {
    const end = Math.min(first + run, size);
    const walk = (depth: number, source: number, place: number): void => {
      const axis = outer[depth];
      if (axis === undefined) {
        for (let i = first; i < end; i += 1) target[place + i * to] = data[source + i * from] ?? 0;
        return;
      }
      const [count, sourceStep, placeStep] = [dims[axis] ?? 1, steps[axis] ?? 0, targetSteps[axis] ?? 0];
      for (let i = 0; i < count; i += 1) walk(depth + 1, source + i * sourceStep, place + i * placeStep);
    };
    walk(0, start, 0);
  }
}
