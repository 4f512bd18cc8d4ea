import type { Activations, CompiledNetwork, LayerName, Model, RunContext } from '@featurescope/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { batchTensor } from './batches.js';
import { type PeakNetwork, peakNetwork } from './peak-network.js';
import { type Peaks, peaksOf } from './peaks.js';
import type { Stimulus } from './stimuli.js';

/** Forward passes that give the largest values of layers. */
export interface PeakPasses {
  /** Shows stimuli of one shape to the network, as a batch of `size`, and gives the largest values of each layer. */
  run(stimuli: readonly Stimulus[], size: number, signal: AbortSignal): Promise<ReadonlyMap<LayerName, Peaks>>;
  dispose(): Promise<void>;
}

interface Compiled extends PeakNetwork {
  readonly compiled: CompiledNetwork;
}

/** Passes through the network of a model for some of its layers, compiled for each size of picture when it first comes. */
export function peakPasses({ network }: Pick<Model, 'network'>, layers: readonly LayerName[], compile: RunContext['compile']): PeakPasses {
  const known = new Map<string, Promise<Compiled>>();
  const compiledFor = ({ shape }: Stimulus): Promise<Compiled> => {
    const make = async (): Promise<Compiled> => {
      const found = peakNetwork(network, layers, shape);
      return { ...found, compiled: await compile(found.network) };
    };
    const found = known.get(shape.join()) ?? make();
    known.set(shape.join(), found);
    return found;
  };
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
        const { channels, data } = margins.get(rows) ?? NOTHING;
        const whole = async (): Promise<Float32Array> => {
          maps ??= forward(layers);
          return ((await maps).get(layer) ?? NOTHING).data;
        };
        const known = { pictures: size, channels, rows: data, columns: (margins.get(columns) ?? NOTHING).data };
        return [layer, peaksOf({ ...facts, ...known, whole })] as const;
      });
      return new Map(entries);
    },
    async dispose() {
      for (const made of await Promise.allSettled(known.values())) if (made.status === 'fulfilled') made.value.compiled.dispose();
    },
  };
}

interface Values {
  readonly data: Float32Array;
  readonly channels: number;
}

const NOTHING: Values = { data: new Float32Array(), channels: 0 };

/** Reads activations and disposes them. */
async function read(activations: Activations): Promise<ReadonlyMap<LayerName, Values>> {
  try {
    const entries = [...activations].map(
      async ([layer, tensor]) => [layer, { data: await numbers(tensor), channels: tensor.shape[3] }] as const,
    );
    return new Map(await Promise.all(entries));
  } finally {
    tf.dispose([...activations.values()]);
  }
}

async function numbers(tensor: Tensor): Promise<Float32Array> {
  const data = await tensor.data();
  return data instanceof Float32Array ? data : Float32Array.from(data);
}
