import type { WeightDraft } from '../../imported-layers.js';
import type { CaffeLayer } from '../caffe-layer.js';
import type { CaffeNetwork, LayerReader } from '../caffe-network.js';
import { constant } from './per-channel.js';

/** Local response normalisation, across channels or within each. */
export const lrn: LayerReader = (layer, network) => {
  const { local_size: size = 5, alpha = 1, beta = 0.75, k = 1, norm_region = 'ACROSS_CHANNELS' } = layer.parameter.lrn_param ?? {};
  if (!(size >= 1) || size % 2 === 0) throw layer.fail(`normalises over ${size} neighbours; expected an odd number`);
  if (norm_region === 'ACROSS_CHANNELS') return network.add(layer, { kind: 'lrn', size, alpha, beta, bias: k }, [layer.bottom]);
  if (norm_region !== 'WITHIN_CHANNEL') throw layer.fail(`has the norm_region ${norm_region}`);
  return withinChannel(layer, network, { size, alpha, beta });
};

/**
 * x / (1 + alpha / size² · Σ x²)^beta over the size × size neighbours in the same channel, exactly: a convolution lays the neighbours of
 * each position out as size² channels, of which the middle one is normalised across those size² channels, and another picks it.
 */
const withinChannel = (
  layer: CaffeLayer,
  network: CaffeNetwork,
  { size, alpha, beta }: { readonly size: number; readonly alpha: number; readonly beta: number },
) => {
  const input = layer.map;
  const channels = input.shape[2];
  const area = size ** 2;
  const pad = (size - 1) / 2;
  const conv = (kernel: number, filters: number, padding: number) => ({
    kind: 'conv' as const,
    kernelSize: [kernel, kernel] as const,
    filters,
    stride: [1, 1] as const,
    dilation: [1, 1] as const,
    padding: { top: padding, left: padding, bottom: padding, right: padding },
    groups: channels,
    bias: false,
  });
  const neighbours: WeightDraft = {
    shape: [size, size, 1, channels * area],
    compute: () => oneHot(area * channels * area, (place) => (place % (channels * area)) % area === Math.floor(place / (channels * area))),
  };
  const middle: WeightDraft = {
    shape: [1, 1, area, channels],
    compute: () => oneHot(area * channels, (place) => Math.floor(place / channels) === (area - 1) / 2),
  };
  const laidOut = network.add(layer, conv(size, channels * area, pad), [input], { extra: 'neighbours', weights: { kernel: neighbours } });
  const normalised = network.add(layer, { kind: 'lrn', size: area, alpha, beta, bias: 1 }, [laidOut], { extra: 'normalised' });
  return network.add(layer, conv(1, channels, 0), [normalised], { weights: { kernel: middle } });
};

const oneHot = (count: number, isOne: (place: number) => boolean): Float32Array =>
  Float32Array.from({ length: count }, (_, place) => (isOne(place) ? 1 : 0));

/** Stored are sums of means and variances, and the number that they are to be divided by. */
export const batchNorm: LayerReader = (layer, network) => {
  const { use_global_stats = true, eps = 1e-5 } = layer.parameter.batch_norm_param ?? {};
  if (!use_global_stats) throw layer.fail('takes the statistics of its batch (use_global_stats: false), which is not supported');
  const input = layer.bottom;
  const shape = [input.shape[2]];
  layer.checkWeightCount(3);
  const mean = layer.weights(0, 'mean', shape);
  const variance = layer.weights(1, 'variance', shape);
  const count = layer.weights(2, 'scale factor', [1]);
  const average = (sums: () => Float32Array) => () => {
    const factor = count()[0] ?? 0;
    return sums().map((sum) => (factor === 0 ? 0 : sum / factor));
  };
  return network.add(layer, { kind: 'batchNorm', epsilon: eps }, [input], {
    weights: {
      scale: constant(shape, 1),
      offset: constant(shape, 0),
      mean: { shape, compute: average(mean) },
      variance: { shape, compute: average(variance) },
    },
  });
};
