import { type CensusOptions, census, isDead } from './census.js';
import type { CellResult } from './journal.js';
import { type Mean, meanOf } from './statistics.js';
import type { VariantResults } from './study.js';

/** The three errors, in percent. */
export const ERRORS = ['trainTop1', 'validationTop1', 'validationTop5'] as const;

export type ErrorName = (typeof ERRORS)[number];

type Trained = Extract<CellResult, { kind: 'trained' }>;

/** Trainings that came to an end, with their seeds. */
export const trainedOf = ({ bySeed }: VariantResults): readonly { readonly seed: number; readonly result: Trained }[] =>
  bySeed.flatMap(({ seed, result }) => (result.kind === 'trained' ? [{ seed, result }] : []));

/** Mean of an error over the seeds. */
export const errorMean = (results: VariantResults, error: ErrorName): Mean | undefined =>
  meanOf(trainedOf(results).map(({ result }) => result[error]));

/** The variant that others are compared with: the one named `base` of the same architecture. */
export const baseOf = (results: VariantResults, all: readonly VariantResults[]): VariantResults | undefined =>
  all.find(({ variant }) => variant.architecture === results.variant.architecture && /^(.*\/)?base$/.test(variant.name));

/** Change of an error against the base, seed by seed: both have seen the same pictures in the same order. */
export function changeMean(results: VariantResults, all: readonly VariantResults[], error: ErrorName): Mean | undefined {
  const base = baseOf(results, all);
  if (!base || base === results) return undefined;
  const ofBase = new Map(trainedOf(base).map(({ seed, result }) => [seed, result[error]]));
  return meanOf(
    trainedOf(results).flatMap(({ seed, result }) => {
      const before = ofBase.get(seed);
      return before === undefined ? [] : [result[error] - before];
    }),
  );
}

/** Published change of an error against the published base. */
export function publishedChange(results: VariantResults, all: readonly VariantResults[], error: ErrorName): number | undefined {
  const base = baseOf(results, all)?.variant.published;
  const own = results.variant.published;
  return base && own && baseOf(results, all) !== results ? own[error] - base[error] : undefined;
}

/** Counts of first-layer filters. */
interface FilterCounts {
  readonly layer: string;
  readonly filters: number;
  readonly dead: number;
  readonly silent: number;
  readonly vanishing: number;
  readonly aliased: number;
  /** Mean share of energy at high frequencies of the filters that are not dead. */
  readonly highFrequency: number;
}

/** Counts what is wrong with the filters of the first layer; undefined where a network has no convolution. */
export function filterCounts({ first }: Trained, options: CensusOptions): FilterCounts | undefined {
  if (!first) return undefined;
  const states = census(first, options);
  const living = states.filter((state) => !isDead(state));
  return {
    layer: first.layer,
    filters: first.filters,
    dead: states.length - living.length,
    silent: states.filter(({ silent }) => silent).length,
    vanishing: states.filter(({ vanishing }) => vanishing).length,
    aliased: states.filter(({ aliased }) => aliased).length,
    highFrequency: living.reduce((sum, { highFrequency }) => sum + highFrequency, 0) / Math.max(1, living.length),
  };
}
