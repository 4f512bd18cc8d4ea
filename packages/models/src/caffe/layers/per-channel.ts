import type { WeightDraft } from '../../imported-layers.js';
import type { Blob, CaffeLayer } from '../caffe-layer.js';
import type { CaffeNetwork, LayerReader } from '../caffe-network.js';

/** One value for every channel. */
export const constant = (shape: readonly number[], value: number): WeightDraft => ({
  shape,
  compute: () => new Float32Array(shape[0] ?? 0).fill(value),
});

/** Per-channel factors, and offsets with `bias_term`; or the factors of another blob. */
export const scale: LayerReader = (layer, network) => {
  if (layer.bottoms.length === 2) return combined(layer, network, 'multiply');
  const { axis = 1, num_axes = 1, bias_term = false } = layer.parameter.scale_param ?? {};
  layer.checkWeightCount(bias_term ? 2 : 1);
  const factors = perChannel(layer, 0, 'factors', axis, num_axes);
  const offsets = bias_term ? perChannel(layer, 1, 'offsets', axis, num_axes) : constant([layer.bottom.shape[2]], 0);
  return network.add(layer, { kind: 'affine' }, [layer.bottom], { weights: { scale: factors, offset: offsets } });
};

/** Per-channel offsets; or those of another blob. */
export const bias: LayerReader = (layer, network) => {
  if (layer.bottoms.length === 2) return combined(layer, network, 'add');
  const { axis = 1, num_axes = 1 } = layer.parameter.bias_param ?? {};
  layer.checkWeightCount(1);
  const offsets = perChannel(layer, 0, 'offsets', axis, num_axes);
  return network.add(layer, { kind: 'affine' }, [layer.bottom], {
    weights: { scale: constant([layer.bottom.shape[2]], 1), offset: offsets },
  });
};

const perChannel = (layer: CaffeLayer, position: number, what: string, axis: number, axes: number): WeightDraft => {
  const input = layer.bottom;
  const channels = input.shape[2];
  if (axes === 0) {
    const value = layer.weights(position, what, []);
    return { shape: [channels], compute: () => new Float32Array(channels).fill(value()[0] ?? 0) };
  }
  layer.checkChannelAxis(axis, input);
  if (axes !== 1 && !(axes === -1 && input.axes === 2))
    throw layer.fail(`applies its ${what} along ${axes} axes; only channels are supported`);
  return { shape: [channels], compute: layer.weights(position, what, [channels]) };
};

/** The first bottom with one value of the second for each number of it, or for each channel. */
const combined = (layer: CaffeLayer, network: CaffeNetwork, kind: 'add' | 'multiply'): Blob => {
  const { scale_param: factors, bias_param: offsets } = layer.parameter;
  const axis = (kind === 'multiply' ? factors : offsets)?.axis ?? 1;
  const [first, second] = layer.bottoms;
  if (first === undefined || second === undefined || factors?.bias_term) throw layer.fail('has two bottoms and a bias_term');
  const same = first.shape.join() === second.shape.join() && first.axes === second.axes;
  const perChannel = second.axes === 2 && second.shape[2] === first.shape[2];
  if ((axis !== 0 && axis !== -first.axes) || !(same || perChannel)) {
    const shapes = [first, second].map(({ shape, axes }) => `${shape.join('×')} of ${axes} axes`);
    throw layer.fail(`combines bottoms of ${shapes.join(' and ')} from axis ${axis} on; expected axis 0 and one value for each channel`);
  }
  return network.add(layer, { kind }, [first, second]);
};

/** (shift + scale · x) ^ power, for power 1. */
export const power: LayerReader = (layer, network) => {
  const { power: exponent = 1, scale: factor = 1, shift = 0 } = layer.parameter.power_param ?? {};
  if (exponent !== 1) throw layer.fail(`raises to the power ${exponent}; only 1 is supported`);
  const shape = [layer.bottom.shape[2]];
  return network.add(layer, { kind: 'affine' }, [layer.bottom], {
    weights: { scale: constant(shape, factor), offset: constant(shape, shift) },
  });
};
