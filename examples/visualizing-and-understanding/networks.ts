import { chosenNetwork, figuresOf } from '../support/networks.js';

/** What the figures need to know of a network. */
export interface Network {
  /** As `--model` takes it; left out: the bundled network. */
  readonly model?: string;
  /** From edges to objects: the layers 1, 2, 3 and 5 of the paper. */
  readonly layers: readonly string[];
  /** Channels of each that are looked at; the sheets show some of them, drawn at random. */
  readonly units: 'all' | readonly number[];
  /** Those that are explained: from the first convolutions to the scores. */
  readonly explained: readonly string[];
}

const photonet: Network = {
  layers: ['relu1', 'relu2_2', 'relu3_2', 'relu4_2'],
  units: 'all',
  explained: ['relu2_2', 'relu3_2', 'relu4_2', 'fc5'],
};

const squeezenet: Network = {
  model: 'squeezenet1.0',
  layers: ['relu_conv1', 'fire3/concat', 'fire5/concat', 'fire9/concat'],
  units: Array.from({ length: 24 }, (_, unit) => 4 * unit),
  explained: ['fire3/concat', 'fire5/concat', 'fire9/concat', 'relu_conv10'],
};

export const networks: Readonly<Record<string, Network>> = { photonet, 'squeezenet1.0': squeezenet };

/** The network named by FEATURESCOPE_EXAMPLE_MODEL, or the bundled one. */
export const network = chosenNetwork(networks);

const figures = figuresOf('visualizing-and-understanding', network);

/** The part of a config that is the same in all figures; results of the user's own data set are in a folder of their own. */
export const figure = (name: string) => figures(process.env['FEATURESCOPE_EXAMPLE_DATASET'] === undefined ? name : `${name}-own`);
