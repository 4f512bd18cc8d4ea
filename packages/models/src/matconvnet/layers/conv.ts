import type { WeightDraft } from '../../imported-layers.js';
import { kernelFromColumnMajor } from '../kernel.js';
import { countOf, describeValue, type MatNumbers } from '../value.js';
import { type ConvertLayer, type LayerCall, oneInput } from './layer-call.js';
import { extentOf, paddingOf } from './window.js';

/** `vl_nnconv`: filters [h, w, channels / groups, filters] tell the size, and the number of groups by the channels of the input. */
export const convertConv: ConvertLayer = (call) => {
  const { name, fields, params, key, network } = call;
  const input = oneInput(call);
  const [filters, bias] = params;
  if (filters === undefined) throw fields.fail('has no filters');
  const [kh = 1, kw = 1, channels = 1, count = 1, ...more] = filters.dims;
  if (more.length > 0) throw fields.fail(`has filters of ${filters.dims.join('×')}; expected height×width×channels×filters`);
  const groups = input.shape[2] / channels;
  if (!Number.isInteger(groups) || count % groups !== 0)
    throw fields.fail(`has ${count} filters for ${channels} channels each, but its input has ${input.shape[2]} channels`);
  const kernel: WeightDraft = {
    shape: [kh, kw, channels, count],
    compute: () => kernelFromColumnMajor(filters.values(), [kh, kw, channels, count]),
  };
  const layer = {
    kind: 'conv',
    kernelSize: [kh, kw],
    filters: count,
    stride: extentOf(fields, 'stride', [1, 1]),
    dilation: extentOf(fields, 'dilate', [1, 1]),
    padding: paddingOf(fields),
    groups,
    bias: bias !== undefined,
  } as const;
  const weights = { kernel, ...(bias && { bias: perChannel(call, bias, 'biases', count) }) };
  // Two layers share weights only where they apply them to as many channels.
  return network.add(name, fields, layer, [input], { weights, ...(key !== undefined && { key: `conv ${groups} ${key}` }) });
};

/** A vector with one value for each channel. */
export const perChannel = ({ fields }: LayerCall, values: MatNumbers, what: string, channels: number): WeightDraft => {
  if (countOf(values) !== channels) throw fields.fail(`has ${describeValue(values)} as ${what}; expected ${channels} values`);
  return { shape: [channels], compute: () => Float32Array.from(values.values()) };
};
