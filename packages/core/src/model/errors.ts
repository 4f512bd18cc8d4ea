import { FeaturescopeError } from '../errors.js';
import type { LayerName } from '../network/layer.js';
import { didYouMean } from '../suggest.js';

export const unknownClass = (model: string, given: string, classes: number, labels: readonly string[] | undefined) =>
  new FeaturescopeError(
    'model/unknown-class',
    `${model} has no class "${given}".${/^-?[\d.]+$/.test(given) ? '' : labels ? didYouMean(given, labels) : ' Its classes have no labels.'} ` +
      `A class is given by its label or by its index, 0 to ${classes - 1}.`,
  );

export const ambiguousClass = (model: string, given: string, indices: readonly number[]) =>
  new FeaturescopeError(
    'model/ambiguous-class',
    `${model} has several classes called "${given}": give one of the indices ${indices.join(', ')} instead.`,
  );

export const wrongChannels = (model: string, given: readonly number[], channels: number) =>
  new FeaturescopeError(
    'model/wrong-input',
    `${model} takes inputs of shape [N, height, width, ${channels}], but was given [${given.join(', ')}].`,
  );

export const wrongRoom = (given: number, expected: number) =>
  new FeaturescopeError('model/room', `The gradient was given room for ${given} numbers; expected ${expected}, as many as the image has.`);

export const wrongLabelCount = (model: string, labels: number, classes: number) =>
  new FeaturescopeError(
    'model/wrong-label-count',
    `${model} has ${classes} classes, but was given ${labels} labels. Give one label for each class, in the order of the output, or none.`,
  );

export const noProbabilities = (model: string, logits: LayerName) =>
  new FeaturescopeError(
    'model/no-probabilities',
    `${model} does not end in a softmax, so it has no probabilities. Use the class score instead: the output of "${logits}".`,
  );

export const disposedModel = (model: string) =>
  new FeaturescopeError('model/disposed', `${model} has been disposed and cannot be used any more.`, { category: 'failure' });
