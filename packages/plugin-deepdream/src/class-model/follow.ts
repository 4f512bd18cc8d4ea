import type { Model } from '@featurescope/core';
import { modelFor } from '../dream/plan.js';
import type { Canvas } from '../loop/canvas.js';
import { NAME } from './name.js';
import type { Score } from './objective.js';
import type { ClassModelOptions } from './options.js';
import { type Positions, type ScoreMap, scoresAt, scoresOf, strongestClass } from './positions.js';
import { classLabel } from './results.js';

/** A class whose score is maximised from a start. */
export interface Followed {
  /** Takes pictures of the size that is worked at. */
  readonly model: Model;
  readonly class: number;
  /** In words: `cat (3)`. */
  readonly label: string;
  readonly score: Score;
  readonly positions: Positions;
  /** Scores of the start. */
  readonly start: ScoreMap;
}

/** The class wanted, or the most probable one, of a start. @throws FeaturescopeError when the network does not take pictures of this size */
export async function follow(
  model: Model,
  canvas: Canvas,
  { score, positions }: ClassModelOptions,
  wanted: number | undefined,
): Promise<Followed> {
  const [, height, width] = canvas.shape;
  const fitting = await modelFor(model, [model.logits], [height, width], NAME);
  const start = await scoresOf(fitting, canvas);
  const k = wanted ?? strongestClass(start, positions);
  return { model: fitting, class: k, label: classLabel(model, k), score, positions, start };
}

/** Options that do nothing, or the opposite of what is wanted, in words. */
export function withoutUse({ label, score, positions, start, class: k }: Followed): string[] {
  const [height, width] = start.shape;
  const first = scoresAt(start, positions, k)[k] ?? 0;
  return [
    ...(positions !== 'mean' && height * width === 1
      ? [`--positions ${positions} has no effect: the scores of a picture of this size are one position`]
      : []),
    ...(score === 'squared' && first < 0
      ? [`the start gives ${label} a score of ${first.toPrecision(3)}, which --score squared drives further down; use --score logit`]
      : []),
  ];
}
