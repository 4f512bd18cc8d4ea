import type { dream } from 'featurescope';
import { chosenNetwork, figuresOf } from '../support/networks.js';

/** Options of a dream, as a config gives them. */
export type DreamSettings = NonNullable<Parameters<typeof dream>[0]>;

/** A layer with the step that suits plain gradients of its ‖a‖², in the network's input units per unit of gradient. */
export interface Depth {
  readonly layer: string | number;
  readonly step: number;
}

/** What the figures need to know of a network. */
export interface Network {
  /** As `--model` takes it; left out: the bundled network. */
  readonly model?: string;
  /** Edges, parts and objects: the report's layers 3, 15 and 27. */
  readonly depths: readonly [low: Depth, middle: Depth, deep: Depth];
  /** Layers of the guided dream, from a convolution to the scores. */
  readonly guided: readonly (string | number)[];
  /** Classes of the class models from noise, and the one that a photo is turned into. */
  readonly classes: readonly string[];
  readonly target: string;
  /** Height and width of the pictures of the class models. */
  readonly classSize: [height: number, width: number];
}

const photonet: Network = {
  depths: [
    { layer: 'relu2_1', step: 6e-4 },
    { layer: 'relu3_1', step: 4e-4 },
    { layer: 'relu4_2', step: 1.5e-3 },
  ],
  guided: ['relu2_2', 'relu3_2', 'relu4_2', 'pool4', 'fc5'],
  classes: ['ship', 'automobile', 'horse', 'bird'],
  target: 'frog',
  classSize: [64, 64],
};

/** The report's classes, as ImageNet names them. */
const imagenet = { classes: ['black swan', 'megalith', 'borzoi', 'Boston bull'], target: 'black swan' } as const;

const squeezenet: Network = {
  model: 'squeezenet1.0',
  depths: [
    { layer: 'fire2/concat', step: 7e-4 },
    { layer: 'fire5/concat', step: 5e-5 },
    { layer: 'fire9/concat', step: 1e-3 },
  ],
  guided: ['fire4/concat', 'fire8/concat', 'fire9/concat', 'conv10', 'pool10'],
  ...imagenet,
  classSize: [227, 227],
};

/** The network of the report; its steps belong to the pixels 0 to 255 of MatConvNet, and the layers have the report's numbers. */
const vgg16: Network = {
  model: 'vgg16',
  depths: [
    { layer: 3, step: 1e-4 },
    { layer: 15, step: 1e-5 },
    { layer: 27, step: 1e-3 },
  ],
  guided: [15, 27, 'fc6', 'fc7', 'fc8'],
  ...imagenet,
  classSize: [224, 224],
};

export const networks: Readonly<Record<string, Network>> = { photonet, 'squeezenet1.0': squeezenet, vgg16 };

/** The network named by FEATURESCOPE_EXAMPLE_MODEL, or the bundled one. */
export const network = chosenNetwork(networks);

/** The part of a config that is the same in all figures. */
export const figure = figuresOf('deep-dream-report', network);
