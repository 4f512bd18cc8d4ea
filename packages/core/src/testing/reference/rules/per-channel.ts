import type { AffineLayer, BatchNormLayer } from '../../../network/layer.js';
import { type Array4, get, map } from '../array4.js';
import { inputOf, type LayerCall, type Rule, sumOverChannels } from '../rule.js';

/** (x − mean) / √(variance + epsilon). */
const normalised = (call: LayerCall<BatchNormLayer>): Array4 => {
  const x = inputOf(call);
  const [mean, variance] = [call.parameter('mean'), call.parameter('variance')];
  const channels = x.shape[3];
  return map(x, (value, index) => {
    const channel = index % channels;
    return (value - get(mean, channel)) / Math.sqrt(get(variance, channel) + call.layer.epsilon);
  });
};

const scaledBy = (array: Array4, factor: (channel: number) => number): Array4 =>
  map(array, (value, index) => value * factor(index % array.shape[3]));

const shiftedBy = (array: Array4, offset: ArrayLike<number>): Array4 =>
  map(array, (value, index) => value + get(offset, index % array.shape[3]));

export const batchNorm: Rule<BatchNormLayer> = {
  forward: (call) => {
    const scale = call.parameter('scale');
    return shiftedBy(
      scaledBy(normalised(call), (channel) => get(scale, channel)),
      call.parameter('offset'),
    );
  },
  backward: (call, signal) => {
    const [scale, variance] = [call.parameter('scale'), call.parameter('variance')];
    return [scaledBy(signal, (channel) => get(scale, channel) / Math.sqrt(get(variance, channel) + call.layer.epsilon))];
  },
  weightGradient: (call, signal) => {
    const { data } = normalised(call);
    return { scale: sumOverChannels(signal, (s, index) => s * get(data, index)), offset: sumOverChannels(signal, (s) => s) };
  },
};

export const affine: Rule<AffineLayer> = {
  forward: (call) => {
    const scale = call.parameter('scale');
    return shiftedBy(
      scaledBy(inputOf(call), (channel) => get(scale, channel)),
      call.parameter('offset'),
    );
  },
  backward: (call, signal) => {
    const scale = call.parameter('scale');
    return [scaledBy(signal, (channel) => get(scale, channel))];
  },
  weightGradient: (call, signal) => {
    const { data } = inputOf(call);
    return { scale: sumOverChannels(signal, (s, index) => s * get(data, index)), offset: sumOverChannels(signal, (s) => s) };
  },
};
