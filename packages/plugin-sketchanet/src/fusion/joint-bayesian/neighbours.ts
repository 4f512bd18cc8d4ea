import { checkSamples, type Rows, rowCount, strongest } from '@featurescope/core';
import { tooFewNeighbours } from '../errors.js';
import { centredFeatures, type JointBayesian } from './fit.js';
import type { NeighbourOptions } from './options.js';
import { comparable, similarities } from './similarity.js';

/** What the neighbours of a drawing say. */
export interface Vote {
  readonly label: number;
  /** Votes of each class. */
  readonly votes: Float64Array;
  /** Sum of r over the neighbours that voted for each class; decides between classes of as many votes, the larger first. */
  readonly support: Float64Array;
}

/**
 * A classifier by the k nearest training samples in the similarity of joint Bayesian, as Sketch-a-Net fuses its networks (Yu et al., BMVC 2015): the
 * views of one drawing, [views, columns], vote. Ties go to the larger Σ r, then to the class that comes first.
 * @throws FeaturescopeError when labels do not fit, or k is larger than the number of samples
 */
export function nearestNeighbours(
  model: JointBayesian,
  features: Rows,
  labels: ArrayLike<number>,
  classes: number,
  { k, votes }: NeighbourOptions,
): (views: Rows) => Vote {
  checkSamples('Nearest neighbours', features, labels, classes);
  if (k > rowCount(features)) throw tooFewNeighbours(k, rowCount(features));
  const known = comparable(model.similarity, centredFeatures(model, features));

  return (views) => {
    const given = comparable(model.similarity, centredFeatures(model, views));
    const perView = Array.from({ length: rowCount(views) }, (_, i) => {
      const r = similarities(given, i, known);
      return tally(nearest(r, k), (j) => labels[j] ?? 0, r, classes);
    });
    return combine(votes === 'views' ? perView.map(onlyWinner) : perView, classes);
  };
}

/** Places of the k largest, in falling order; equals in their own order. */
export function nearest(r: Float64Array, k: number): Int32Array {
  const best = new Int32Array(k).fill(-1);
  for (let i = 0; i < r.length; i++) {
    const value = r[i] ?? 0;
    let place = Math.min(i, k);
    while (place > 0 && value > (r[best[place - 1] ?? 0] ?? 0)) place--;
    if (place === k) continue;
    best.copyWithin(place + 1, place, k - 1);
    best[place] = i;
  }
  return best;
}

function tally(places: Int32Array, labelOf: (place: number) => number, r: Float64Array, classes: number): Vote {
  const votes = new Float64Array(classes);
  const support = new Float64Array(classes);
  for (const place of places) {
    const label = labelOf(place);
    votes[label] = (votes[label] ?? 0) + 1;
    support[label] = (support[label] ?? 0) + (r[place] ?? 0);
  }
  return { label: winner(votes, support), votes, support };
}

function onlyWinner({ label, votes, support }: Vote): Vote {
  return { label, votes: votes.map((_, i) => (i === label ? 1 : 0)), support: support.map((r, i) => (i === label ? r : 0)) };
}

function combine(parts: readonly Vote[], classes: number): Vote {
  const votes = new Float64Array(classes);
  const support = new Float64Array(classes);
  for (const part of parts)
    for (let i = 0; i < classes; i++) {
      votes[i] = (votes[i] ?? 0) + (part.votes[i] ?? 0);
      support[i] = (support[i] ?? 0) + (part.support[i] ?? 0);
    }
  return { label: winner(votes, support), votes, support };
}

/** Most votes, then most support among them. */
function winner(votes: Float64Array, support: Float64Array): number {
  const most = votes[strongest(votes)] ?? 0;
  return strongest(support.map((r, i) => (votes[i] === most ? r : Number.NEGATIVE_INFINITY)));
}
