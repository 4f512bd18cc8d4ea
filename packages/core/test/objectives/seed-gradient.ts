import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { SeedForm, SeedTerm, Unit } from '../../src/index.js';

/** What one activation adds to a term, and its derivative. */
type Slope = readonly [value: number, derivative: number];

/** Value, summed over the batch, and gradient of a closed form, in plain arithmetic. */
export function seedGradient({ form, units, mean }: Omit<SeedTerm, 'weight'>, a: Tensor4D): { value: number; gradient: number[] } {
  const values = a.dataSync();
  const [, height, width, channels] = a.shape;
  const size = height * width * channels;
  const gradient = new Array<number>(values.length).fill(0);
  let value = 0;
  const selected = (i: number): boolean => {
    const unit: Unit | undefined = units?.[units.length === 1 ? 0 : Math.floor(i / size)];
    if (!unit) return true;
    const inside = i % size;
    const at = [Math.floor(inside / (width * channels)), Math.floor(inside / channels) % width];
    return inside % channels === unit.channel && (!unit.at || (at[0] === unit.at[0] && at[1] === unit.at[1]));
  };
  const chosen = Array.from(values, (_, i) => i).filter(selected);
  const inPicture = (n: number): number => chosen.filter((i) => Math.floor(i / size) === n).length;
  const counts = Array.from({ length: a.shape[0] }, (_, n) => inPicture(n) / (typeof form === 'object' ? channels : 1));
  const slope = typeof form === 'object' ? compared(form, a) : single(form);
  for (const i of chosen) {
    const divisor = mean ? (counts[Math.floor(i / size)] ?? 1) : 1;
    const [v, g] = slope(values[i] ?? 0, i);
    value += v / divisor;
    gradient[i] = g / divisor;
  }
  return { value, gradient };
}

const single =
  (form: Extract<SeedForm, string>) =>
  (x: number): Slope =>
    form === 'sum' ? [x, 1] : form === 'squares' || x > 0 ? [x * x, 2 * x] : [0, 0];

function compared(form: Exclude<SeedForm, string>, a: Tensor4D): (x: number, i: number) => Slope {
  const size = a.size / a.shape[0];
  const channels = a.shape[3];
  /** The part of a guide that belongs to the picture of the i-th activation. */
  const pictureOf = (guide: Tensor4D, i: number): number[] => {
    const each = guide.size / guide.shape[0];
    const first = guide.shape[0] === 1 ? 0 : Math.floor(i / size) * each;
    return Array.from(guide.dataSync().slice(first, first + each));
  };
  const product = (g: number, x: number): Slope => [x * g, g];
  if ('dot' in form) return (x, i) => product(pictureOf(form.dot, i)[i % size] ?? 0, x);
  if ('direction' in form) return (x, i) => product(form.direction[i % channels] ?? 0, x);
  if ('match' in form) return (x, i) => product(bestColumn(pictureOf(form.match, i), columnAt(a, i))[i % channels] ?? 0, x);
  if (!('distance' in form)) throw new Error('cross-entropy is not an objective here');
  return (x, i) => {
    const target = pictureOf(form.distance, i);
    const norm = form.relative ? target.reduce((sum, t) => sum + t * t, 0) : 1;
    const difference = x - (target[i % size] ?? 0);
    return [difference ** 2 / norm, (2 * difference) / norm];
  };
}

const columnAt = (a: Tensor4D, i: number): number[] => {
  const first = i - (i % a.shape[3]);
  return Array.from(a.dataSync().slice(first, first + a.shape[3]));
};

/** The column of a guide with the largest dot product, the first of equals. */
function bestColumn(guide: readonly number[], column: readonly number[]): readonly number[] {
  const columns = Array.from({ length: guide.length / column.length }, (_, q) => guide.slice(q * column.length, (q + 1) * column.length));
  const products = columns.map((candidate) => candidate.reduce((sum, value, k) => sum + value * (column[k] ?? 0), 0));
  return columns[products.indexOf(Math.max(...products))] ?? [];
}
