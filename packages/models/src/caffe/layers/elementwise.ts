import type { LayerDraft } from '../../imported-layers.js';
import type { CaffeLayer } from '../caffe-layer.js';
import type { LayerReader } from '../caffe-network.js';

/** A layer with one bottom, whose top has the same shape. */
const unary =
  (describe: (layer: CaffeLayer) => LayerDraft): LayerReader =>
  (layer, network) =>
    network.add(layer, describe(layer), [layer.bottom]);

export const relu = unary((layer) => {
  const slope = layer.parameter.relu_param?.negative_slope ?? 0;
  return slope === 0 ? { kind: 'relu' } : { kind: 'leakyRelu', slope };
});

export const sigmoid = unary(() => ({ kind: 'sigmoid' }));
export const tanh = unary(() => ({ kind: 'tanh' }));
export const split = unary(() => ({ kind: 'identity' }));

export const dropout = unary((layer) => {
  const { dropout_ratio: rate = 0.5, scale_train = true } = layer.parameter.dropout_param ?? {};
  if (!scale_train) throw layer.fail('scales its input when the network is run (scale_train: false), which is not supported');
  return { kind: 'dropout', rate };
});

export const clip = unary((layer) => {
  const { min, max } = layer.parameter.clip_param ?? {};
  if (min === undefined || max === undefined) throw layer.fail('lacks its min or max');
  return { kind: 'clip', min, max };
});

/** The softmax over channels; of its loss, which needs labels, the probabilities. */
export const softmax: LayerReader = (layer, network) => {
  const [input] = layer.bottoms;
  if (input === undefined) throw layer.fail('has no bottom');
  layer.checkChannelAxis(layer.parameter.softmax_param?.axis ?? 1, input);
  return network.add(layer, { kind: 'softmax' }, [input]);
};

export const eltwise: LayerReader = (layer, network) => {
  const { operation = 'SUM', coeff = [] } = layer.parameter.eltwise_param ?? {};
  if (operation !== 'SUM' && operation !== 'PROD') throw layer.fail(`combines its bottoms by ${operation}; expected SUM or PROD`);
  if (operation === 'SUM' && coeff.some((factor) => factor !== 1))
    throw layer.fail(`adds its bottoms with the factors ${coeff.slice(0, 8).join(', ')}; only 1 is supported`);
  if (layer.bottoms.length < 2) throw layer.fail(`has ${layer.bottoms.length} bottoms; expected two or more`);
  const shapes = new Set(layer.bottoms.map(({ shape }) => shape.join('×')));
  if (shapes.size > 1) throw layer.fail(`has bottoms of different shapes: ${[...shapes].join(' and ')}`);
  return network.add(layer, { kind: operation === 'SUM' ? 'add' : 'multiply' }, layer.bottoms);
};
