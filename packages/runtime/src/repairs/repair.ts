import { type KernelConfig, type NamedAttrMap, type NamedTensorInfoMap, type Tensor, type TensorInfo, tidy } from '@tensorflow/tfjs-core';

/** A backend whose kernels are repaired: TensorFlow's kernels differ between CPU and GPU. */
export type RepairedBackend = 'tensorflow' | 'tensorflow-gpu' | 'webgpu' | 'wasm' | 'cpu';

/** A kernel in place of one that is missing or wrong in TensorFlow.js, for the backends named. */
export interface Repair {
  readonly kernelName: string;
  readonly backends: readonly RepairedBackend[];
  readonly kernelFunc: KernelConfig['kernelFunc'];
}

type Named<K extends string> = Readonly<Record<K, TensorInfo>>;

/** A kernel made of other tensor operations. */
export function composedRepair<Inputs, Attributes>(
  kernelName: string,
  backends: readonly RepairedBackend[],
  compute: (inputs: Inputs, attributes: Attributes) => Tensor,
): Repair {
  return {
    kernelName,
    backends,
    kernelFunc: ({ inputs, attrs }) => tidy(() => compute(inputs as unknown as Inputs, attrs as unknown as Attributes)),
  };
}

/** A tensor's numbers in memory that JavaScript can reach. */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A kernel as a loop over numbers. `fill` gets an output of zeros. */
export function loopRepair<K extends string, A>(
  kernelName: string,
  backends: readonly ('wasm' | 'cpu')[],
  loop: {
    shape(inputs: Named<K>, attributes: A): readonly number[];
    fill(output: Float32Array, inputs: Readonly<Record<K, HostTensor>>, attributes: A): void;
  },
): Repair {
  return {
    kernelName,
    backends,
    kernelFunc({ inputs: given, attrs, backend }) {
      const inputs = given as NamedTensorInfoMap as Record<K, TensorInfo>;
      const attributes = attrs as NamedAttrMap as unknown as A;
      const memory = hostMemory(backend);
      const output = memory.allocate([...loop.shape(inputs, attributes)]);
      const entries = (Object.keys(inputs) as K[]).map((name) => [name, { shape: inputs[name].shape, values: memory.read(inputs[name]) }]);
      loop.fill(memory.read(output).fill(0), Object.fromEntries(entries) as Record<K, HostTensor>, attributes);
      return output;
    },
  };
}

interface HostMemory {
  allocate(shape: number[]): TensorInfo;
  /** Valid until the next allocation. */
  read(tensor: TensorInfo): Float32Array;
}

/** What the backends' own kernels use. */
interface WasmBackend {
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
  typedArrayFromHeap(tensor: TensorInfo): Float32Array;
}
interface CpuBackend {
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo;
  readonly data: { get(id: object): { readonly values: Float32Array } };
}

function hostMemory(backend: unknown): HostMemory {
  if ((backend as Partial<WasmBackend>).typedArrayFromHeap) {
    const wasm = backend as WasmBackend;
    return { allocate: (shape) => wasm.makeOutput(shape, 'float32'), read: (tensor) => wasm.typedArrayFromHeap(tensor) };
  }
  const cpu = backend as CpuBackend;
  const size = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);
  return {
    allocate: (shape) => cpu.makeTensorInfo(shape, 'float32', new Float32Array(size(shape))),
    read: (tensor) => cpu.data.get(tensor.dataId).values,
  };
}
