import type { Extent, InputSpec } from '@featurescope/core';
import type { RegulariserOptions } from '../regularisers/options.js';
import type { ClassModelOptions } from './options.js';

/** Largest shift as a part of the shorter side. */
const JITTER = 1 / 8;

/** An eighth of the shorter side; none for a network whose preprocessing is not known: what its input is cannot be told. */
export const defaultJitter = ({ preprocessing }: InputSpec, size: Extent): number =>
  preprocessing ? Math.round(Math.min(...size) * JITTER) : 0;

/** What suits a network, and a start. */
interface Manner {
  /** In grey levels. */
  readonly step: number;
  /** Iterations between two blurs; 0 for none. */
  readonly blurEvery: number;
  /** In pixels. */
  readonly blurSigma: number;
}

/** Side from which a network takes photos in which things are large, in pixels. */
const LARGE = 96;

/** Chosen by eye on a network for pictures of 32×32 and on one of ImageNet. */
const SMALL_PICTURES: Manner = { step: 3, blurEvery: 2, blurSigma: 0.5 };
const LARGE_PICTURES: Manner = { step: 8, blurEvery: 2, blurSigma: 1 };
/** Nothing is done to an unknown input that nobody asked for. */
const UNKNOWN_INPUT = { blurEvery: 0 } as const;
/** Of a photo something should be left: that it is seen as another thing is the point. */
const ON_PHOTOS = { step: 0.1, blurEvery: 0 } as const;

export const mannerFor = ({ size, preprocessing }: InputSpec, start: ClassModelOptions['start']): Manner => ({
  ...(Math.min(...size) < LARGE ? SMALL_PICTURES : LARGE_PICTURES),
  ...(!preprocessing && UNKNOWN_INPUT),
  ...(start === 'input' && ON_PHOTOS),
});

/** The regularisers' options with the blur that suits; one whose deviation alone is given is wanted. */
export function withBlur(options: ClassModelOptions, spec: InputSpec): RegulariserOptions {
  const manner = mannerFor(spec, options.blurSigma === undefined ? options.start : 'flat');
  const unasked = options.blurSigma === undefined ? manner.blurEvery : manner.blurEvery || 2;
  const { blurEvery = unasked, blurSigma = manner.blurSigma, ...rest } = options;
  return blurEvery > 0 ? { ...rest, blurEvery, blurSigma } : rest;
}
