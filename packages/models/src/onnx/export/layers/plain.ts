import type { ClipLayer, ConstantLayer, DropoutLayer, LeakyReluLayer, PlainLayer } from '@featurescope/core';
import { DataType, float, floatTensor } from '@featurescope/onnx';
import { notExpressible } from '../errors.js';
import type { WriteLayer } from '../site.js';

/** Elements of a stored value beyond which zeros in its place are not worth their bytes. */
const MOST_ZEROS = 2 ** 24;

/** An operator with one input and no attributes that keeps the form of its input. */
export const unary =
  (type: string, attributes: Parameters<Parameters<WriteLayer<PlainLayer>>[0]['write']>[2] = {}): WriteLayer<PlainLayer> =>
  (site) => {
    site.write(type, [site.first.name], attributes);
    return site.first.form;
  };

export const leakyRelu: WriteLayer<LeakyReluLayer> = (site) => {
  site.write('LeakyRelu', [site.first.name], { alpha: float(site.layer.slope) });
  return site.first.form;
};

/** An infinite limit is left out. */
export const clip: WriteLayer<ClipLayer> = (site) => {
  const limit = (what: 'min' | 'max') =>
    Number.isFinite(site.layer[what])
      ? site.graph.tensor(site.layer, what, (name) => floatTensor(name, [], Float32Array.of(site.layer[what])))
      : '';
  const max = limit('max');
  const min = limit('min');
  site.write('Clip', [site.first.name, ...(min === '' && max === '' ? [] : [min]), ...(max === '' ? [] : [max])]);
  return site.first.form;
};

/** The rate in double precision, which keeps it exactly. */
export const dropout: WriteLayer<DropoutLayer> = (site) => {
  const rawData = new Uint8Array(Float64Array.of(site.layer.rate).buffer);
  const ratio = site.graph.tensor(site.layer, 'ratio', (name) => ({ name, dims: [], dataType: DataType.DOUBLE, rawData }));
  site.write('Dropout', [site.first.name, ratio]);
  return site.first.form;
};

/** Nothing uses it and its values are not kept, so zeros of its shape hold its place. */
export const constant: WriteLayer<ConstantLayer> = ({ layer, graph }) => {
  const count = layer.shape.reduce((product, size) => product * size, 1);
  if (!(count <= MOST_ZEROS)) throw notExpressible(layer, `it stands for ${count} values, more than ${MOST_ZEROS}`);
  graph.layer(layer, 'Constant', [], { value: { dims: layer.shape, dataType: DataType.UINT8, rawData: new Uint8Array(count) } });
  return 'flat';
};

export const concat: WriteLayer<PlainLayer> = (site) => {
  const { names, form } = site.together();
  site.write('Concat', names, { axis: 1 });
  return form;
};

export const add: WriteLayer<PlainLayer> = (site) => {
  const { names, form } = site.together();
  site.write(names.length === 2 ? 'Add' : 'Sum', names);
  return form;
};

/** Pair by pair, since the operator takes two. */
export const multiply: WriteLayer<PlainLayer> = (site) => {
  const { names, form } = site.together();
  const [first = '', ...others] = names;
  const last = others.pop();
  if (last === undefined) site.write('Identity', [first]);
  else {
    const before = others.reduce((product, name) => site.graph.part(site.layer, 'product', 'Mul', [product, name]), first);
    site.write('Mul', [before, last]);
  }
  return form;
};
