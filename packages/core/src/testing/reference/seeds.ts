import type { SeedTerm, Unit } from '../../execution/seed.js';
import type { LayerName } from '../../network/layer.js';
import { type Array4, get, place, sizeOf, zeros } from './array4.js';
import { arrive } from './backward.js';
import type { ReferencePass } from './forward.js';
import { softmaxOf } from './rules/softmax.js';

/** A seed term whose numbers are in double precision. */
export type ReferenceTerm = Omit<SeedTerm, 'form'> & {
  readonly form:
    | 'sum'
    | 'squares'
    | 'positiveSquares'
    | { readonly dot: Array4 }
    | { readonly distance: Array4; readonly relative?: boolean }
    | { readonly match: Array4 }
    | { readonly direction: readonly number[] }
    | { readonly crossEntropy: ArrayLike<number> };
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

/** What one activation adds to the value of a term, and the derivative of that; `index`: its place among the selected ones of its picture. */
interface Slope {
  readonly value: (a: number, index: number) => number;
  readonly derivative: (a: number, index: number) => number;
}

/** The slope of a term in one picture, of which `count` activations are selected. */
function slopeOf(a: Array4, n: number, { form, mean }: ReferenceTerm, count: number): Slope {
  const [, h, w, c] = a.shape;
  if (typeof form === 'string') {
    const divisor = mean ? count : 1;
    return { value: (x) => value[form](x) / divisor, derivative: (x) => derivative[form](x) / divisor };
  }
  if ('direction' in form) {
    const along = (index: number) => get(form.direction, index % c) / (mean ? h * w : 1);
    return { value: (x, index) => x * along(index), derivative: (_, index) => along(index) };
  }
  if ('dot' in form) {
    const guide = pictureOf(form.dot, n);
    return { value: (x, index) => x * get(guide, index), derivative: (_, index) => get(guide, index) };
  }
  if ('distance' in form) {
    const target = pictureOf(form.distance, n);
    const divisor = form.relative ? Math.max(squared(target), 1e-12) : 1;
    return {
      value: (x, index) => (x - get(target, index)) ** 2 / divisor,
      derivative: (x, index) => (2 * (x - get(target, index))) / divisor,
    };
  }
  if ('match' in form) {
    const matched = bestMatches(pictureOf(a, n), pictureOf(form.match, n), c);
    return { value: (x, index) => x * get(matched, index), derivative: (_, index) => get(matched, index) };
  }
  const label = get(form.crossEntropy, n);
  const probabilities = softmaxOf(a.data, n * c, c);
  return {
    value: (_, index) => (index === label ? -Math.log(get(probabilities, index)) : 0),
    derivative: (_, index) => get(probabilities, index) - (index === label ? 1 : 0),
  };
}

/** Numbers of one picture; of the only one, when there is one for all. */
function pictureOf({ shape, data }: Array4, n: number): Float64Array {
  const size = sizeOf(shape) / shape[0];
  const first = shape[0] === 1 ? 0 : n * size;
  return data.subarray(first, first + size);
}

const squared = (data: Float64Array): number => data.reduce((total, x) => total + x * x, 0);

/** For each column of c numbers the guide's column with the largest dot product, the first of equals. */
function bestMatches(data: Float64Array, guide: Float64Array, c: number): Float64Array {
  const result = new Float64Array(data.length);
  for (let p = 0; p < data.length; p += c) {
    let [best, largest] = [0, Number.NEGATIVE_INFINITY];
    for (let q = 0; q < guide.length; q += c) {
      let product = 0;
      for (let k = 0; k < c; k++) product += get(data, p + k) * get(guide, q + k);
      if (product > largest) [best, largest] = [q, product];
    }
    result.set(guide.subarray(best, best + c), p);
  }
  return result;
}

/** Value of a term for each picture, without its weight. */
export function termValues(pass: ReferencePass, term: ReferenceTerm): Float64Array {
  const a = valueAt(pass, term.layer);
  return Float64Array.from(pictures(a), (n) => {
    const places = selected(a, n, term.units);
    const slope = slopeOf(a, n, term, places.length);
    return places.reduce((total, place, index) => total + slope.value(get(a.data, place), index), 0);
  });
}

/** Derivative of weight · term with respect to its layer's output. */
export function termSeed(pass: ReferencePass, term: ReferenceTerm): Array4 {
  const a = valueAt(pass, term.layer);
  const seed = zeros(a.shape);
  for (const n of pictures(a)) {
    const places = selected(a, n, term.units);
    const slope = slopeOf(a, n, term, places.length);
    places.forEach((place, index) => {
      seed.data[place] = term.weight * slope.derivative(get(a.data, place), index);
    });
  }
  return seed;
}

/** Seeds of several terms by layer; those of one layer add up, and terms of weight 0 have none. */
export function termSeeds(pass: ReferencePass, terms: readonly ReferenceTerm[]): Map<LayerName, Array4> {
  const seeds = new Map<LayerName, Array4>();
  for (const term of terms) if (term.weight !== 0) arrive(seeds, term.layer, termSeed(pass, term));
  return seeds;
}

/** Weighted sum of the terms over the batch. */
export const objectiveValue = (pass: ReferencePass, terms: readonly ReferenceTerm[]): number =>
  terms.reduce((total, term) => total + term.weight * termValues(pass, term).reduce((a, b) => a + b, 0), 0);
