/** A float array in C order. */
export interface NdArray {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

function strides(dims: readonly number[]): number[] {
  const result = new Array<number>(dims.length).fill(1);
  for (let axis = dims.length - 2; axis >= 0; axis -= 1) result[axis] = (result[axis + 1] ?? 1) * (dims[axis + 1] ?? 1);
  return result;
}

/** Copies by walking the result in order: `start` and `steps` tell where in the source each axis begins and how far it moves. */
function gather(source: Float32Array, dims: readonly number[], start: number, steps: readonly number[]): Float32Array {
  const result = new Float32Array(dims.reduce((product, size) => product * size, 1));
  let to = 0;
  const walk = (axis: number, from: number): void => {
    const size = dims[axis] ?? 1;
    const step = steps[axis] ?? 0;
    if (axis >= dims.length - 1) {
      for (let i = 0, at = from; i < size; i += 1, at += step) result[to++] = source[at] ?? 0;
      return;
    }
    for (let i = 0; i < size; i += 1) walk(axis + 1, from + i * step);
  };
  walk(0, start);
  return result;
}

export function permuted({ dims, data }: NdArray, perm: readonly number[]): NdArray {
  const from = strides(dims);
  const result = perm.map((axis) => dims[axis] ?? 1);
  return {
    dims: result,
    data: gather(
      data,
      result,
      0,
      perm.map((axis) => from[axis] ?? 1),
    ),
  };
}

export function reversed({ dims, data }: NdArray, axes: readonly number[]): NdArray {
  const steps = strides(dims);
  let start = 0;
  for (const axis of axes) {
    start += ((dims[axis] ?? 1) - 1) * (steps[axis] ?? 1);
    steps[axis] = -(steps[axis] ?? 1);
  }
  return { dims, data: gather(data, dims, start, steps) };
}

/** Appends zeros to each axis up to the given sizes. */
export function padded({ dims, data }: NdArray, sizes: readonly number[]): NdArray {
  const result = new Float32Array(sizes.reduce((product, size) => product * size, 1));
  const from = strides(dims);
  const to = strides(sizes);
  const walk = (axis: number, source: number, target: number): void => {
    if (axis === dims.length) {
      result[target] = data[source] ?? 0;
      return;
    }
    for (let i = 0; i < (dims[axis] ?? 1); i += 1) walk(axis + 1, source + i * (from[axis] ?? 1), target + i * (to[axis] ?? 1));
  };
  walk(0, 0, 0);
  return { dims: sizes, data: result };
}
