import type { LayerName } from '../../network/layer.js';
import type { Network, WeightName } from '../../network/network.js';
import { type Array4, get } from './array4.js';
import { type ReferenceOptions, referenceForward } from './forward.js';
import { objectiveValue, type ReferenceTerm } from './seeds.js';

/** What an objective is differentiated by: the output of a layer (or the input, by its name), or a weight. */
export type Variable = { readonly layer: LayerName } | { readonly weight: WeightName };

const STEP = 1e-6;

/** Central differences of the weighted sum of terms by every number of a variable, in double precision. */
export function finiteDifferences(
  network: Network,
  input: Array4,
  terms: readonly ReferenceTerm[],
  variable: Variable,
  options: ReferenceOptions = {},
): Float64Array {
  const { data } = start(network, input, variable, options);
  const along = (place: number) => data.map((_, i) => (i === place ? 1 : 0));
  return data.map((_, place) => directionalDifference(network, input, terms, variable, along(place), options));
}

/** Central difference of the weighted sum of terms along one direction; error about 1e-9 relative away from kinks. */
export function directionalDifference(
  network: Network,
  input: Array4,
  terms: readonly ReferenceTerm[],
  variable: Variable,
  direction: ArrayLike<number>,
  options: ReferenceOptions = {},
): number {
  const { shape, data } = start(network, input, variable, options);
  const moved = (by: number): number => {
    const values = data.map((value, i) => value + by * get(direction, i));
    const changed: ReferenceOptions =
      'weight' in variable
        ? { ...options, weights: new Map([...(options.weights ?? []), [variable.weight, values]]) }
        : { ...options, replaced: new Map([...(options.replaced ?? []), [variable.layer, { shape, data: values }]]) };
    return objectiveValue(referenceForward(network, input, changed), terms);
  };
  return (moved(STEP) - moved(-STEP)) / (2 * STEP);
}

/** The numbers of a variable before they are moved. */
function start(network: Network, input: Array4, variable: Variable, options: ReferenceOptions): Array4 {
  if ('layer' in variable) {
    const value = referenceForward(network, input, options).values.get(variable.layer);
    if (!value) throw new Error(`reference: "${variable.layer}" was not computed`);
    return value;
  }
  const weight = options.weights?.get(variable.weight) ?? network.weights.get(variable.weight)?.data;
  if (!weight) throw new Error(`reference: the network has no weight "${variable.weight}"`);
  const data = Float64Array.from({ length: weight.length }, (_, i) => get(weight, i));
  return { shape: [1, 1, 1, data.length], data };
}
