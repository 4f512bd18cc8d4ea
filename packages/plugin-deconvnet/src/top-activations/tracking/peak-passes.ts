import type { Activations, CompiledNetwork, LayerName, Model, RunContext } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { batchTensor } from './batches.js';
import { keptFew } from './kept-few.js';
import { type PeakNetwork, peakNetwork } from './peak-network.js';
import { type Peaks, peaksOf } from './peaks.js';
import type { Stimulus } from './stimuli.js';

/** Forward passes that give the largest values of layers. */
export interface PeakPasses {
  /**
   * Shows stimuli of one shape to the network, as a batch of `size`, and gives the largest values of each layer. Ask them for positions
   * before the next call, which may free what they come from.
   */
  run(stimuli: readonly Stimulus[], size: number, signal: AbortSignal): Promise<ReadonlyMap<LayerName, Peaks>>;
  dispose(): Promise<void>;
}

interface Compiled extends PeakNetwork {
  readonly compiled: CompiledNetwork;
}

/** Sizes of pictures for which compiled networks are kept: each holds all weights below its layers. */
const KEPT = 4;

/** Passes through the network of a model for some of its layers, compiled for each size of picture when it comes; the last few stay. */
export function peakPasses({ network }: Pick<Model, 'network'>, layers: readonly LayerName[], compile: RunContext['compile']): PeakPasses {
  const networks = keptFew<Compiled>(KEPT, ({ compiled }) => compiled.dispose());
  const compiledFor = ({ shape }: Stimulus): Promise<Compiled> =>
    networks.get(shape.join(), async () => {
      const found = peakNetwork(network, layers, shape);
      return { ...found, compiled: await compile(found.network) };
    });
  return {
    async run(stimuli, size, signal) {
      const [first] = stimuli;
      if (!first) return new Map();
      const { compiled, peaks } = await compiledFor(first);
      const forward = async (wanted: readonly LayerName[]): Promise<ReadonlyMap<LayerName, Values>> => {
        const input = batchTensor(stimuli, size);
        try {
          return await read(await compiled.forward(input, [...new Set(wanted)], { signal }));
        } finally {
          input.dispose();
        }
      };
      const margins = await forward(peaks.flatMap(({ rows, columns }) => [rows, columns]));
      let maps: Promise<ReadonlyMap<LayerName, Values>> | undefined;
      const entries = peaks.map(({ layer, rows, columns, ...facts }) => {
        const { channels, data } = valuesOf(margins, rows);
        const whole = async (): Promise<Float32Array> => {
          maps ??= forward(layers);
          return valuesOf(await maps, layer).data;
        };
        const known = { pictures: size, channels, rows: data, columns: valuesOf(margins, columns).data };
        return [layer, peaksOf({ ...facts, ...known, whole })] as const;
      });
      return new Map(entries);
    },
    dispose: () => networks.dispose(),
  };
}

interface Values {
  readonly data: Float32Array;
  readonly channels: number;
}

function valuesOf(read: ReadonlyMap<LayerName, Values>, layer: LayerName): Values {
  const values = read.get(layer);
  if (!values) throw new Error(`The executor gave no activation of layer "${layer}", which it was asked for.`);
  return values;
}

/** Reads activations and disposes them. */
async function read(activations: Activations): Promise<ReadonlyMap<LayerName, Values>> {
  try {
    const entries = [...activations].map(
      async ([layer, tensor]) => [layer, { data: await tensor.data<'float32'>(), channels: tensor.shape[3] }] as const,
    );
    return new Map(await Promise.all(entries));
  } finally {
    tf.dispose([...activations.values()]);
  }
}
