import type { PlainLayer } from '@featurescope/core';
import { type ConvertLayer, oneInput } from './layer-call.js';

/** A layer without options. */
export const plain =
  (kind: PlainLayer['kind']): ConvertLayer =>
  (call) =>
    call.network.add(call.name, call.fields, { kind }, [oneInput(call)]);

/** `vl_nnrelu`; `leak` is the slope below zero. */
export const convertRelu: ConvertLayer = (call) => {
  const slope = call.fields.scalar('leak', 0);
  const layer = slope === 0 ? ({ kind: 'relu' } as const) : ({ kind: 'leakyRelu', slope } as const);
  return call.network.add(call.name, call.fields, layer, [oneInput(call)]);
};

/** `vl_nndropout`: does nothing at test time. */
export const convertDropout: ConvertLayer = (call) =>
  call.network.add(call.name, call.fields, { kind: 'dropout', rate: call.fields.scalar('rate', 0.5) }, [oneInput(call)]);

export const convertSum: ConvertLayer = ({ network, name, fields, inputs }) => network.add(name, fields, { kind: 'add' }, inputs);

/** `dagnn.Concat` along channels. */
export const convertConcat: ConvertLayer = ({ network, name, fields, inputs }) => {
  const dim = fields.scalar('dim', 3);
  if (dim !== 3) throw fields.fail(`joins along dimension ${dim}; expected 3 (channels)`);
  return network.add(name, fields, { kind: 'concat' }, inputs);
};

/** `dagnn.Loss` stands at the end of a network in training: in its place stands the prediction that it is a loss of. */
export const convertLoss: ConvertLayer = ({ network, name, fields, inputs }) => {
  const loss = fields.text('loss') ?? 'softmaxlog';
  return network.add(name, fields, { kind: loss === 'softmaxlog' ? 'softmax' : 'identity' }, inputs.slice(0, 1));
};
