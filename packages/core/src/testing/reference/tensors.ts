import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import type { SeedTerm } from '../../execution/seed.js';
import type { LayerName } from '../../network/layer.js';
import type { Array4 } from './array4.js';
import type { ReferenceTerm } from './seeds.js';

export const toTensor = ({ shape, data }: Array4): Tensor4D => tensor4d(Float32Array.from(data), [...shape]);

export const toArray4 = async (tensor: Tensor4D): Promise<Array4> => ({
  shape: tensor.shape,
  data: Float64Array.from(await tensor.data()),
});

/** Reads every tensor of a map. */
export async function toArrays(tensors: ReadonlyMap<LayerName, Tensor4D>): Promise<Map<LayerName, Array4>> {
  const arrays = new Map<LayerName, Array4>();
  for (const [name, tensor] of tensors) arrays.set(name, await toArray4(tensor));
  return arrays;
}

/** The same terms with their numbers read from tensors. */
export async function toReferenceTerms(terms: readonly SeedTerm[]): Promise<readonly ReferenceTerm[]> {
  return Promise.all(
    terms.map(async (term): Promise<ReferenceTerm> => {
      const { form } = term;
      if (typeof form === 'string') return { ...term, form };
      if ('dot' in form) return { ...term, form: { dot: await toArray4(form.dot) } };
      if ('distance' in form) return { ...term, form: { ...form, distance: await toArray4(form.distance) } };
      return { ...term, form: 'match' in form ? { match: await toArray4(form.match) } : form };
    }),
  );
}

/** Makes tensors of arrays; none is left when one cannot be made. */
export function toTensors(arrays: Iterable<readonly [LayerName, Array4]>): Map<LayerName, Tensor4D> {
  return new Map([...arrays].map(([name, array]) => [name, toTensor(array)]));
}

export const disposeAll = (tensors: ReadonlyMap<LayerName, Tensor4D>): void => {
  for (const tensor of tensors.values()) tensor.dispose();
};
