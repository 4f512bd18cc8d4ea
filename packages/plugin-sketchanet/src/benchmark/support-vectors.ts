import {
  decide,
  linearScores,
  linearSvmOptions,
  type Random,
  type Rows,
  type RunContext,
  selectRows,
  trainLinearSvm,
} from '@featurescope/core';
import { nextFrame } from '@tensorflow/tfjs-core';
import { labelsOf } from '../fusing/fold.js';
import { partOf } from '../fusing/held-out.js';
import type { Decisions } from '../fusing/methods.js';
import type { Example } from '../training/collection.js';

/** Drawings with their features, one row each. */
export interface Described {
  readonly examples: readonly Example[];
  readonly features: Rows;
}

export interface SvmSettings {
  readonly classes: number;
  /** Prices of a violated margin to choose from. */
  readonly prices: readonly number[];
  readonly random: Random;
  readonly signal: RunContext['signal'];
}

/** Parts of the cross-validation. */
const PARTS = 3;

/** That of LIBLINEAR for this method: many are trained, and a closer one changes hardly a decision. */
const TOLERANCE = 0.1;

/**
 * The price with the most right decisions in cross-validation among drawings to learn from; of equals the lowest. Nothing else is looked at: what is held
 * out has no say in it.
 */
export async function chosenPrice(known: Described, settings: SvmSettings): Promise<number> {
  const prices = [...new Set(settings.prices)].sort((a, b) => a - b);
  let [best, most] = [prices[0] ?? 1, -1];
  if (prices.length === 1) return best;
  const parts = known.examples.map(({ id }) => partOf(id, PARTS, 'svm'));
  const places = (own: (part: number) => boolean) => parts.flatMap((part, i) => (own(part) ? [i] : []));
  const splits = Array.from({ length: PARTS }, (_, part) => [places((one) => one !== part), places((one) => one === part)] as const);
  for (const price of prices) {
    let right = 0;
    for (const [learned, tested] of splits) {
      const on = selected(known, learned);
      if (tested.length === 0 || new Set(labelsOf(on.examples)).size < 2) continue;
      await nextFrame();
      settings.signal.throwIfAborted();
      const decided = trained(on, price, settings)(selected(known, tested).features);
      right += tested.filter((place, i) => known.examples[place]?.label === decided[i]).length;
    }
    if (right > most) [best, most] = [price, right];
  }
  return best;
}

/** Decisions of a linear support vector machine, fitted on drawings to learn from at the price that suits them. */
export async function svmDecisions(known: Described, given: Rows, settings: SvmSettings): Promise<Decisions> {
  const price = await chosenPrice(known, settings);
  await nextFrame();
  settings.signal.throwIfAborted();
  return { decided: trained(known, price, settings)(given), note: `C ${price}` };
}

function trained({ features, examples }: Described, c: number, { classes, random }: SvmSettings): (rows: Rows) => Int32Array {
  const classifier = trainLinearSvm(
    features,
    labelsOf(examples),
    classes,
    linearSvmOptions.parse({ c, tolerance: TOLERANCE }),
    random.fork(c),
  );
  return (rows) => decide(linearScores(classifier, rows));
}

const selected = ({ examples, features }: Described, places: readonly number[]): Described => ({
  examples: places.flatMap((place) => examples[place] ?? []),
  features: selectRows(features, places),
});
