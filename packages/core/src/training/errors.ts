import { FeaturescopeError } from '../errors.js';
import { didYouMean } from '../suggest.js';

export const unfitChannels = (channelOrder: string, pictureChannels: number): FeaturescopeError =>
  new FeaturescopeError(
    'TRAINING_CHANNELS',
    `The training pictures have ${pictureChannels} channel(s), but the preprocessing says channelOrder "${channelOrder}". Use "rgb" or "bgr" for colour pictures, "grey" for grey ones.`,
  );

export const tooFewPictures = (pictures: number, batchSize: number): FeaturescopeError =>
  new FeaturescopeError(
    'TRAINING_TOO_FEW_PICTURES',
    `Training got ${pictures} picture(s), fewer than one batch of ${batchSize}. Give more pictures, or a batchSize of at most ${Math.max(1, pictures)}.`,
  );

export const unfitClasses = (network: number, data: number): FeaturescopeError =>
  new FeaturescopeError(
    'TRAINING_CLASSES',
    `The network has ${network} output(s), but the training pictures have ${data} classes. Give the architecture the option classes: ${data}.`,
  );

export const noLogits = (layer: string): FeaturescopeError =>
  new FeaturescopeError(
    'TRAINING_NO_LOGITS',
    `Training needs a network that ends in class scores of height and width 1, but its last layer "${layer}" gives a map. End it with a dense or a globalAvgPool layer.`,
  );

export const unfitState = (reason: string): FeaturescopeError =>
  new FeaturescopeError(
    'TRAINING_STATE',
    `The saved training state does not fit this config: ${reason}. Start again without --resume, or in another output folder.`,
  );

export const diverged = (epoch: number, step: number): FeaturescopeError =>
  new FeaturescopeError(
    'TRAINING_DIVERGED',
    `Training diverged: the loss is not a finite number in epoch ${epoch}, step ${step}. Lower the learning rate, or lengthen the warm-up.`,
    { category: 'failure' },
  );

export const invalidTraining = (problems: readonly string[]): FeaturescopeError =>
  new FeaturescopeError('TRAINING_CONFIG', `The training config is not valid:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);

export const unknownExamples = (kind: string, known: readonly string[]): FeaturescopeError =>
  new FeaturescopeError(
    'TRAINING_EXAMPLES',
    `The training config names examples of the kind "${kind}", which no plugin offers.${didYouMean(kind, known)}`,
  );
