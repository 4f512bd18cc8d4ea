import type { LayerReader } from '../caffe-network.js';
import { transposed } from '../weight-layout.js';

/** A dense layer on channels, height and width in this order; weights [units, inputs], or [inputs, units] when transposed. */
export const innerProduct: LayerReader = (layer, network) => {
  const { num_output: units, bias_term: bias = true, axis = 1, transpose = false } = layer.parameter.inner_product_param ?? {};
  const input = layer.bottom;
  layer.checkChannelAxis(axis, input);
  if (units === undefined) throw layer.fail('lacks its num_output');
  const inputs = input.shape[0] * input.shape[1] * input.shape[2];
  layer.checkWeightCount(bias ? 2 : 1);
  const kernel = layer.weights(0, 'matrix', transpose ? [inputs, units] : [units, inputs]);
  const offsets = bias ? layer.weights(1, 'bias', [units]) : undefined;
  return network.add(layer, { kind: 'dense', units, bias, inputOrder: 'chw' }, [input], {
    axes: 2,
    weights: {
      kernel: { shape: [inputs, units], compute: () => (transpose ? kernel() : transposed(kernel(), units)) },
      ...(offsets && { bias: { shape: [units], compute: offsets } }),
    },
  });
};
