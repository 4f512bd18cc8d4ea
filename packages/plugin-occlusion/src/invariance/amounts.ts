import type { Extent } from '@featurescope/core';
import { badAmount, badRange, nothingToDo } from './errors.js';
import { TRANSFORMATIONS, type Transformation, type TransformationName } from './transform.js';

/** How amounts are given: how many over the usual range, one by one, or as `from:to:step`. */
export type Amounts = number | readonly number[] | string;

/** Share of the side by which pictures are moved at most unless amounts are given. */
const FURTHEST = 1 / 4;

/** Scales unless amounts are given. */
const SCALES = [0.6, 1.8] as const;

const givenFor = (name: TransformationName, { translations, scales, rotations }: Given): Amounts =>
  name === 'scale' ? scales : name === 'rotation' ? rotations : translations;

type Given = Readonly<Record<'translations' | 'scales' | 'rotations', Amounts>>;

/** @throws FeaturescopeError when amounts are no range, pictures would vanish, or there is nothing to do */
export function checkAmounts(options: Given): void {
  const all = transformationsOf(options, [8, 8]);
  if (all.length === 0) throw nothingToDo();
  for (const { name, amount } of all) if (name === 'scale' && amount <= 0) throw badAmount(amount);
}

/** Everything that is done to a picture of this size, kind after kind, amounts rising as they were given. */
export const transformationsOf = (options: Given, size: Extent): readonly Transformation[] =>
  TRANSFORMATIONS.flatMap((name) => amountsOf(name, givenFor(name, options), size).map((amount) => ({ name, amount })));

function amountsOf(name: TransformationName, given: Amounts, [height, width]: Extent): readonly number[] {
  if (typeof given === 'string') return range(given);
  if (typeof given !== 'number') return [...new Set(given)];
  switch (name) {
    case 'vertical-translation':
      return wholePixels(given, height);
    case 'horizontal-translation':
      return wholePixels(given, width);
    case 'scale':
      return evenly(given, ...SCALES);
    case 'rotation':
      return evenly(given, 0, 360);
  }
}

function wholePixels(count: number, side: number): readonly number[] {
  const most = Math.max(1, Math.round(side * FURTHEST));
  return [...new Set(evenly(count, -most, most).map((amount) => Math.round(amount) + 0))];
}

/** So many amounts between and with two others, or the middle of them; decimals without the remains of binary fractions. */
const evenly = (count: number, from: number, to: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => tidy(count === 1 ? (from + to) / 2 : from + (i * (to - from)) / (count - 1)));

const tidy = (amount: number): number => Number(amount.toFixed(6));

/** Most amounts of a range. */
const MOST = 1000;

function range(text: string): readonly number[] {
  const parts = text.split(':').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [from = Number.NaN, to = Number.NaN, step = Number.NaN] = parts;
  const steps = Math.floor((to - from) / step + 1e-9);
  if (parts.length !== 3 || !(steps >= 0 && steps < MOST)) throw badRange(text, MOST);
  return Array.from({ length: steps + 1 }, (_, i) => tidy(from + i * step));
}
