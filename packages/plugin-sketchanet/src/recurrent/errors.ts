import { FeaturescopeError } from '@featurescope/core';

export const emptySequence = (place: number) =>
  new FeaturescopeError(
    'sketchanet/empty-sequence',
    `Recurrent network: sequence ${place} has no steps. Expected the features of at least one stroke; leave empty drawings out.`,
  );

export const noSequences = () =>
  new FeaturescopeError(
    'sketchanet/no-sequences',
    'Recurrent network: no sequences were given. Expected the features of at least one drawing.',
  );

export const unfitSequence = (place: number, given: number, expected: number) =>
  new FeaturescopeError(
    'sketchanet/unfit-sequence',
    `Recurrent network: sequence ${place} has ${given} features a step, but ${expected} are expected. Use features of the same network for all drawings.`,
  );

export const unknownClass = (place: number, label: number, classes: number) =>
  new FeaturescopeError(
    'sketchanet/unknown-class',
    `Recurrent network: sequence ${place} has the label ${label}, which is none of the ${classes} classes. Expected a whole number from 0 to ${classes - 1}.`,
  );

export const unfitRecurrentState = (reason: string) =>
  new FeaturescopeError(
    'sketchanet/unfit-recurrent-state',
    `The saved training of the recurrent network does not fit: ${reason}. Start again without --resume, or in another output folder.`,
  );

export const unfitRecurrentFile = (reason: string) =>
  new FeaturescopeError(
    'sketchanet/unfit-recurrent-file',
    `This file holds no recurrent network: ${reason}. Expected what was written by online recognition.`,
  );

export const recurrentDiverged = (epoch: number) =>
  new FeaturescopeError(
    'sketchanet/recurrent-diverged',
    `Training of the recurrent network diverged: the loss is not a finite number in epoch ${epoch}. Lower learningRate or clip.`,
    { category: 'failure' },
  );
