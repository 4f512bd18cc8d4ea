import { z } from 'zod';
import { CLASSIFIERS } from '../classifiers/kinds.js';

/** Name of what is trained from new weights, in the place of a layer. */
export const SCRATCH = 'scratch';

export const outcomeSchema = z.object({
  /** A layer, or `scratch`. */
  features: z.string(),
  classifier: z.enum(CLASSIFIERS),
  /** Training pictures of a class. */
  perClass: z.int(),
  /** From 1. */
  fold: z.int(),
  /** Right decisions and test pictures of each class. */
  right: z.array(z.int()).readonly(),
  tested: z.array(z.int()).readonly(),
  /** C of svm, l2 of softmax. */
  strength: z.number().exactOptional(),
});

/** What one classifier made of the test pictures of one fold. */
export type Outcome = Readonly<z.output<typeof outcomeSchema>>;

/** A classifier by what it learns from. */
export type Trial = Pick<Outcome, 'features' | 'classifier' | 'perClass' | 'fold'>;

export const isSameTrial = (a: Trial, b: Trial): boolean =>
  a.features === b.features && a.classifier === b.classifier && a.perClass === b.perClass && a.fold === b.fold;
