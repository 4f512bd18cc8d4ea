import type { Blob, CaffeLayer } from '../caffe-layer.js';
import type { CaffeNetwork, LayerReader } from '../caffe-network.js';

export const concat: LayerReader = (layer, network) => {
  const { axis, concat_dim } = layer.parameter.concat_param ?? {};
  const [first] = layer.bottoms;
  if (first === undefined) throw layer.fail('has no bottoms');
  layer.checkChannelAxis(axis ?? concat_dim ?? 1, first);
  if (layer.bottoms.some(({ axes }) => axes !== first.axes)) throw layer.fail('joins maps and flat blobs');
  return network.add(layer, { kind: 'concat' }, layer.bottoms);
};

export const flatten: LayerReader = (layer, network) => {
  const { axis = 1, end_axis = -1 } = layer.parameter.flatten_param ?? {};
  const input = layer.bottom;
  const fromBack = (given: number): number => (given < 0 ? given + input.axes : given);
  if (fromBack(axis) !== 1 || fromBack(end_axis) !== input.axes - 1)
    throw layer.fail(`joins the axes ${axis} to ${end_axis} of ${input.axes}; only all but the first are supported`);
  return flat(layer, network, input);
};

const flat = (layer: CaffeLayer, network: CaffeNetwork, input: Blob): Blob =>
  network.add(layer, { kind: 'flatten', order: 'chw' }, [input], { axes: 2 });

/** A reshape to a vector, or to the shape that is there already. */
export const reshape: LayerReader = (layer, network) => {
  const { shape, axis = 0, num_axes = -1 } = layer.parameter.reshape_param ?? {};
  const input = layer.bottom;
  const [height, width, channels] = input.shape;
  const before = input.axes === 4 ? [1, channels, height, width] : [1, channels];
  const stated = shape?.dim ?? [];
  const fail = (problem: string) => layer.fail(`turns [${before.join(', ')}] into [${stated.slice(0, 8).join(', ')}], ${problem}`);
  const kept = axis === 1 || axis === 1 - before.length ? [0] : [];
  if ((axis !== 0 && kept.length === 0) || num_axes !== -1) throw fail('from another axis than 0 or 1, which is not supported');
  const target = resolved([...kept, ...stated], before);
  if (stated.some((size) => size > 1)) network.isBoundToSize = true;
  if (target?.join() === before.join()) return network.add(layer, { kind: 'identity' }, [input]);
  const values = height * width * channels;
  if (target?.join() === `1,${values}`) return flat(layer, network, input);
  if (target?.join() === `1,${values},1,1`) return { ...flat(layer, network, input), axes: 4 };
  throw fail('which is not supported; expected a vector for each picture');
};

/** Sizes with 0 for "as before" and −1 for "the rest" filled in, for one picture; undefined when they do not fit. */
const resolved = (stated: readonly number[], before: readonly number[]): readonly number[] | undefined => {
  const sizes = stated.map((size, i) => (i === 0 && size > 0 ? 1 : size === 0 ? (before[i] ?? 0) : size));
  const known = sizes.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
  const all = before.reduce((product, size) => product * size, 1);
  const open = sizes.filter((size) => size === -1).length;
  if (open === 0) return known === all ? sizes : undefined;
  return open === 1 && known > 0 && all % known === 0 ? sizes.map((size) => (size === -1 ? all / known : size)) : undefined;
};
