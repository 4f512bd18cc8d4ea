import { saliencyMap } from '@featurescope/core';
import { asMap } from '../../attribution/attribution.js';
import type { MadeAttribution } from '../../attribution/run-attribution.js';
import { ranks, spearman } from './spearman.js';
import { structuralSimilarity } from './ssim.js';

/** How much an attribution is like another one; 1: alike (Adebayo et al. 2018, section 3). */
export interface Likeness {
  /** Rank correlation of the magnitudes of all numbers. */
  readonly magnitude: number;
  /** Rank correlation of all numbers with their signs. */
  readonly signed: number;
  /** Structural similarity of the maps of largest magnitudes, each from 0 to 1. */
  readonly ssim: number;
}

/** Compares attributions of one shape with a first one, whose ranks are found once. */
export function likenessTo(first: MadeAttribution): (other: MadeAttribution) => Likeness {
  const [height, width] = asMap(first.shape);
  const reference = viewsOf(first);
  return (other) => {
    const view = viewsOf(other);
    return {
      magnitude: spearman(reference.magnitude, view.magnitude),
      signed: spearman(reference.signed, view.signed),
      ssim: structuralSimilarity(reference.map, view.map, [height, width]),
    };
  };
}

function viewsOf({ values, shape }: MadeAttribution) {
  const map = saliencyMap(values, asMap(shape));
  const largest = map.reduce((most, value) => Math.max(most, value), 0);
  return {
    magnitude: ranks(values.map(Math.abs)),
    signed: ranks(values),
    map: largest > 0 ? map.map((value) => value / largest) : map,
  };
}
