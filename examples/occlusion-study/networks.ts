import { chosenNetwork, figuresOf } from '../support/networks.js';

/** What the figures need to know of a network. */
export interface Network {
  /** As `--model` takes it; left out: the bundled network. */
  readonly model?: string;
  /** Scenes that it recognises, by kind and number; the first one for figures of a single picture. */
  readonly scenes: readonly (readonly [kind: string, number: number])[];
  /** Side of the window in pixels of the picture that the network sees, and from one position to the next. */
  readonly window: number;
  readonly stride: number;
  /** Several sides. */
  readonly windows: readonly number[];
  /** Stride of the map that is made whole and coarse to fine. */
  readonly denseStride: number;
}

const photonet: Network = {
  scenes: [
    ['automobile', 2],
    ['horse', 3],
    ['deer', 3],
  ],
  window: 6,
  stride: 1,
  windows: [3, 6, 12],
  denseStride: 1,
};

const squeezenet: Network = {
  model: 'squeezenet1.0',
  scenes: [
    ['automobile', 2],
    ['airplane', 3],
    ['ship', 0],
  ],
  window: 32,
  stride: 8,
  windows: [16, 32, 64],
  denseStride: 4,
};

export const networks: Readonly<Record<string, Network>> = { photonet, 'squeezenet1.0': squeezenet };

/** The network named by FEATURESCOPE_EXAMPLE_MODEL, or the bundled one. */
export const network = chosenNetwork(networks);

/** The part of a config that is the same in all figures. */
export const figure = figuresOf('occlusion-study', network);
