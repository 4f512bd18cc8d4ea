import { getBackend, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import type { Numbers } from './session.js';

/** The numbers of a tensor; numbers stay what they are. */
export async function numbersOf(given: Tensor4D | Numbers): Promise<Numbers> {
  if ('dims' in given) return given;
  const data = await given.data();
  return { data: data instanceof Float32Array ? data : Float32Array.from(data), dims: given.shape };
}

/** A tensor of numbers whose buffer will be used again: only the wasm backend copies them at once. */
export function toTensor({ data, dims }: Numbers): Tensor4D {
  const [n = 0, h = 0, w = 0, c = 0] = dims;
  return tensor4d(getBackend() === 'wasm' ? data : data.slice(), [n, h, w, c]);
}
