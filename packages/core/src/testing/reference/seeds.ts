import type { SeedTerm, Unit } from '../../execution/seed.js';
import type { LayerName } from '../../network/layer.js';
import { type Array4, get, place, zeros } from './array4.js';
import { arrive } from './backward.js';
import type { ReferencePass } from './forward.js';
import { softmaxOf } from './rules/softmax.js';

/** A seed term whose numbers are in double precision. */
export type ReferenceTerm = Omit<SeedTerm, 'form'> & {
  readonly form: 'sum' | 'squares' | 'positiveSquares' | { readonly dot: Array4 } | { readonly crossEntropy: ArrayLike<number> };
};

const value = { sum: (a: number) => a, squares: (a: number) => a * a, positiveSquares: (a: number) => Math.max(a, 0) ** 2 };
const derivative = { sum: () => 1, squares: (a: number) => 2 * a, positiveSquares: (a: number) => 2 * Math.max(a, 0) };

const valueAt = (pass: ReferencePass, layer: LayerName): Array4 => {
  const found = pass.values.get(layer);
  if (!found) throw new Error(`reference: the seed needs "${layer}", which was not computed`);
  return found;
};

/** Places of one picture's numbers that count in a term. */
function selected({ shape }: Array4, picture: number, units: readonly Unit[] | undefined): readonly number[] {
  const [, h, w, c] = shape;
  const unit = units && (units.length === 1 ? units[0] : units[picture]);
  const places: number[] = [];
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++)
      for (let channel = 0; channel < c; channel++) {
        const elsewhere = unit?.at && (unit.at[0] !== y || unit.at[1] !== x);
        if (!unit || (unit.channel === channel && !elsewhere)) places.push(place(shape, picture, y, x, channel));
      }
  return places;
}

const pictures = ({ shape }: Array4): readonly number[] => Array.from({ length: shape[0] }, (_, n) => n);

/** Value of a term for each picture, without its weight. */
export function termValues(pass: ReferencePass, term: ReferenceTerm): Float64Array {
  const a = valueAt(pass, term.layer);
  const { form } = term;
  return Float64Array.from(pictures(a), (n) => {
    const places = selected(a, n, term.units);
    const total = (each: (place: number) => number) => places.reduce((result, place) => result + each(place), 0);
    if (typeof form === 'string') return total((i) => value[form](get(a.data, i))) / (term.mean ? places.length : 1);
    if ('dot' in form) return total((i) => get(a.data, i) * get(form.dot.data, i));
    const probabilities = softmaxOf(a.data, n * a.shape[3], a.shape[3]);
    return -Math.log(get(probabilities, get(form.crossEntropy, n)));
  });
}

/** Derivative of weight · term with respect to its layer's output. */
export function termSeed(pass: ReferencePass, term: ReferenceTerm): Array4 {
  const a = valueAt(pass, term.layer);
  const seed = zeros(a.shape);
  const { form, weight } = term;
  for (const n of pictures(a)) {
    const places = selected(a, n, term.units);
    const set = (each: (place: number, index: number) => number) =>
      places.forEach((place, index) => {
        seed.data[place] = weight * each(place, index);
      });
    if (typeof form === 'string') set((i) => derivative[form](get(a.data, i)) / (term.mean ? places.length : 1));
    else if ('dot' in form) set((i) => get(form.dot.data, i));
    else {
      const probabilities = softmaxOf(a.data, n * a.shape[3], a.shape[3]);
      set((_, index) => get(probabilities, index) - (index === get(form.crossEntropy, n) ? 1 : 0));
    }
  }
  return seed;
}

/** Seeds of several terms by layer; those of one layer add up. */
export function termSeeds(pass: ReferencePass, terms: readonly ReferenceTerm[]): Map<LayerName, Array4> {
  const seeds = new Map<LayerName, Array4>();
  for (const term of terms) arrive(seeds, term.layer, termSeed(pass, term));
  return seeds;
}

/** Weighted sum of the terms over the batch. */
export const objectiveValue = (pass: ReferencePass, terms: readonly ReferenceTerm[]): number =>
  terms.reduce((total, term) => total + term.weight * termValues(pass, term).reduce((a, b) => a + b, 0), 0);
