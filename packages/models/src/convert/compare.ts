import {
  classifierHead,
  type Extent,
  inferShapes,
  inputRange,
  isFeaturescopeError,
  type LayerName,
  type Network,
  type Random,
} from '@featurescope/core';
import type { ReadModel } from '../loader/read-model.js';
import { notFinite } from './errors.js';

/** Numbers [1, H, W, C] in the network's input units. */
export interface Picture {
  readonly shape: readonly [1, number, number, number];
  readonly data: Float32Array;
}

/** Runs a network on pictures; answers the activations of the wanted layers for each, [H, W, C] in C order. */
export type RunNetwork = (
  network: Network,
  pictures: readonly Picture[],
  wanted: readonly LayerName[],
) => Promise<readonly ReadonlyMap<LayerName, Float32Array>[]>;

/** How well two models agree. */
export interface Comparison {
  /** Pictures that were put into both. */
  readonly inputs: number;
  /** Their heights and widths. */
  readonly sizes: readonly Extent[];
  /** Largest difference of a value, divided by the largest value of that layer for that picture; NaN when shapes differ. */
  readonly largestDifference: number;
  /** Where it is. */
  readonly layer: LayerName;
}

/** A layer of one network and the one that stands for it in the other; undefined when there is none. */
type Pair = readonly [LayerName, LayerName | undefined];

const OWN_SIZE = 2;
const GRAIN = 8;

/** Two models, and what they are compared on. */
interface Comparing {
  readonly name: string;
  readonly original: ReadModel;
  readonly converted: ReadModel;
  /** Whether they must agree at other sizes than their own too. */
  readonly anySize: boolean;
  readonly run: RunNetwork;
  readonly random: Random;
}

/**
 * Runs two models on random pictures, at their own size and, where both take any, at one more, and compares what they give: all outputs,
 * and the scores before the softmax. @throws FeaturescopeError when the original gives no finite numbers
 */
export const compareModels = async (comparing: Comparing): Promise<Comparison> => {
  const { name, original, converted, run } = comparing;
  const pictures = randomPictures(comparing);
  const sizes = pictures.map(({ shape }): Extent => [shape[1], shape[2]]);
  const pairs = comparedLayers(original.network, converted.network);
  const lost = pairs.find(([, counterpart]) => counterpart === undefined);
  if (lost) return { inputs: pictures.length, sizes, largestDifference: Number.NaN, layer: lost[0] };
  const names = (side: 0 | 1): readonly LayerName[] => [...new Set(pairs.flatMap((pair) => pair[side] ?? []))];
  const expected = await run(original.network, pictures, names(0));
  const given = await run(converted.network, pictures, names(1));

  let worst = { difference: 0, layer: pairs[0]?.[0] ?? '' };
  for (const [i, values] of expected.entries()) {
    for (const [layer, counterpart = layer] of pairs) {
      const wanted = values.get(layer) ?? new Float32Array();
      if (!wanted.every(Number.isFinite)) throw notFinite(name, layer);
      const difference = relativeDifference(wanted, given[i]?.get(counterpart) ?? new Float32Array());
      if (Number.isNaN(difference)) return { inputs: pictures.length, sizes, largestDifference: difference, layer };
      if (difference > worst.difference) worst = { difference, layer };
    }
  }
  return { inputs: pictures.length, sizes, largestDifference: worst.difference, layer: worst.layer };
};

/** Every output and the logits: a softmax may hide what goes before it. */
const comparedLayers = (original: Network, converted: Network): readonly Pair[] => {
  const names = new Set(converted.layers.map((layer) => layer.name));
  const others = original.outputs.slice(0, -1).map((name): Pair => [name, names.has(name) ? name : undefined]);
  const main: Pair = [original.outputs.at(-1) ?? '', converted.outputs.at(-1)];
  return [main, [classifierHead(original).logits, classifierHead(converted).logits], ...others];
};

const relativeDifference = (expected: Float32Array, given: Float32Array): number => {
  if (expected.length !== given.length) return Number.NaN;
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) {
    const value = expected[i] ?? 0;
    const apart = Math.abs(value - (given[i] ?? 0));
    largest = Math.max(largest, Math.abs(value));
    difference = Math.max(difference, Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart);
  }
  return difference === 0 ? 0 : difference / largest;
};

const randomPictures = ({ original, converted, anySize, random }: Comparing): readonly Picture[] => {
  const { size } = original.input;
  const larger: Extent = [size[0] + Math.ceil(size[0] / 4) + 1, size[1] + Math.ceil(size[1] / 4) + 1];
  const both = anySize && [original, converted].every(({ network, input }) => !input.fixedSize && takes(network, larger));
  const sizes = [...Array.from({ length: OWN_SIZE }, () => size), ...(both ? [larger] : [])];
  return sizes.map((extent, i) => randomPicture(original, extent, i % 2 === 0 ? GRAIN : 1, random.fork(i)));
};

const takes = (network: Network, [height, width]: Extent): boolean => {
  try {
    return inferShapes(network, [height, width, network.input.shape[2]]).size > 0;
  } catch (error) {
    if (!isFeaturescopeError(error)) throw error;
    return false;
  }
};

/** Squares of `grain` pixels in random colours of the network's range. */
const randomPicture = ({ input }: ReadModel, [height, width]: Extent, grain: number, random: Random): Picture => {
  const { channels } = input;
  const { min, max } = inputRange(input) ?? { min: [], max: [] };
  const data = new Float32Array(height * width * channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < channels; channel++) {
        const at = (y * width + x) * channels + channel;
        const corner = ((y - (y % grain)) * width + x - (x % grain)) * channels + channel;
        const low = min[channel] ?? 0;
        data[at] = corner < at ? (data[corner] ?? 0) : low + random.uniform() * ((max[channel] ?? 255) - low);
      }
  return { shape: [1, height, width, channels], data };
};
