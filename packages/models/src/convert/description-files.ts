import { isDeepStrictEqual } from 'node:util';
import { type InputSpec, isFeaturescopeError, type Preprocessing } from '@featurescope/core';
import { parseLabels } from '../loader/labels.js';
import { parsePreprocessing } from '../loader/preprocessing-file.js';
import type { ReadModel } from '../loader/read-model.js';
import { undescribable } from './errors.js';

export const PREPROCESSING_FILE = 'preprocessing.json';
export const LABELS_FILE = 'labels.txt';

/** What is written beside a model in a format that holds weights only. */
export interface Description {
  readonly preprocessing?: string;
  readonly labels?: string;
}

/**
 * The description of a model for those of its files that are called `stem`, whatever their ending.
 * @throws FeaturescopeError when reading it again would not give the same
 */
export const descriptionOf = ({ input, labels }: Pick<ReadModel, 'input' | 'labels'>, stem: string): Description => ({
  ...(input.preprocessing && { preprocessing: preprocessingText(input, input.preprocessing, labels !== undefined, stem) }),
  ...(labels && { labels: labelsText(labels, stem) }),
});

const preprocessingText = (input: InputSpec, preprocessing: Preprocessing, labelled: boolean, stem: string): string => {
  const file = { model: stem, ...preprocessing, input: { recommendedSize: input.size }, ...(labelled && { labels: LABELS_FILE }) };
  const text = `${JSON.stringify(file, null, 2)}\n`;
  let read: Preprocessing | undefined;
  try {
    read = parsePreprocessing(text, PREPROCESSING_FILE).preprocessing(input.channels);
  } catch (error) {
    if (!isFeaturescopeError(error)) throw error;
    throw undescribable(stem, error.message.replace(/\.$/, ''));
  }
  if (!samePreprocessing(read, preprocessing)) throw undescribable(stem, `${PREPROCESSING_FILE} would read back differently`);
  return text;
};

/** Whether two preprocessings do the same; not inverting may be said or left out. */
export const samePreprocessing = (a: Preprocessing | undefined, b: Preprocessing | undefined): boolean =>
  isDeepStrictEqual(a && { ...a, invert: a.invert ?? false }, b && { ...b, invert: b.invert ?? false });

const labelsText = (labels: readonly string[], stem: string): string => {
  const text = `${labels.join('\n')}\n`;
  const read = parseLabels(text);
  if (isDeepStrictEqual(read, [...labels])) return text;
  const at = labels.findIndex((label, i) => label !== read[i]);
  throw undescribable(stem, `the label ${JSON.stringify(labels[at])} of class ${at} is no line of text of its own`);
};
