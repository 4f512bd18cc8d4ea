import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { CompiledNetwork, CompileOptions, Executor } from '../../execution/executor.js';
import type { LayerName } from '../../network/layer.js';
import type { Network } from '../../network/network.js';
import type { Array4 } from '../reference/array4.js';
import { disposeAll, toArray4, toArrays, toTensor } from '../reference/tensors.js';

/** One test of the suite; it fails by rejecting. */
export interface ConformanceTest {
  readonly name: string;
  readonly run: (executor: Executor) => Promise<void>;
}

export interface ConformanceGroup {
  readonly name: string;
  readonly tests: readonly ConformanceTest[];
}

/** Compiles for the time of a call. */
export async function withCompiled(
  executor: Executor,
  network: Network,
  use: (compiled: CompiledNetwork) => Promise<void>,
  options?: CompileOptions,
): Promise<void> {
  const compiled = await executor.compile(network, options);
  try {
    await use(compiled);
  } finally {
    compiled.dispose();
  }
}

/** A tensor for the time of a call. */
export async function withTensor<T>(array: Array4, use: (tensor: Tensor4D) => Promise<T>): Promise<T> {
  const tensor = toTensor(array);
  try {
    return await use(tensor);
  } finally {
    tensor.dispose();
  }
}

/** Reads a tensor and disposes it. */
export async function taken(tensor: Tensor4D): Promise<Array4> {
  const array = await toArray4(tensor);
  tensor.dispose();
  return array;
}

/** Reads tensors and disposes them. */
export async function takenAll(tensors: ReadonlyMap<LayerName, Tensor4D>): Promise<Map<LayerName, Array4>> {
  const arrays = await toArrays(tensors);
  disposeAll(tensors);
  return arrays;
}
