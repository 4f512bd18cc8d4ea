import { FeaturescopeError } from '@featurescope/core';

const NAME = 'online-recognition';

export const nothingGiven = () =>
  new FeaturescopeError(
    'sketchanet/online-nothing',
    `${NAME}: neither drawings nor a data set were given. Name a drawing, such as cats.ndjson#12, or a collection by --dataset.`,
  );

export const noSuchMember = (given: number, members: number) =>
  new FeaturescopeError(
    'sketchanet/online-member',
    `${NAME}: --features-of ${given} is none of the ${members} networks of --ensemble. Expected 1 to ${members}, or all.`,
  );

export const noSuchFold = (fold: number, folds: number) =>
  new FeaturescopeError('sketchanet/online-fold', `${NAME}: --fold ${fold} is none of ${folds} parts. Expected 1 to ${folds}.`);

export const emptySide = (side: string, dataset: string) =>
  new FeaturescopeError(
    'sketchanet/online-side',
    `${NAME}: no drawing of ${dataset} is left to ${side}. Give a larger collection, or other --folds.`,
  );

export const noRecurrent = (folder: string, why: string) =>
  new FeaturescopeError(
    'sketchanet/online-recurrent',
    `${NAME}: --recurrent ${folder} holds no recurrent networks that can be used: ${why}. Expected the output folder of a finished ${NAME} with --dataset and the same networks, --steps and --features-of.`,
  );

export const otherState = () =>
  new FeaturescopeError(
    'sketchanet/online-state',
    `${NAME}: the saved state belongs to other drawings, networks or options. Start again without --resume, or in another output folder.`,
  );
