import type { WeightDraft } from '../../imported-layers.js';
import { describeValue } from '../value.js';
import { perChannel } from './conv.js';
import { type ConvertLayer, oneInput } from './layer-call.js';

/** Variances below are no normal numbers in single precision. */
const LEAST_SIGMA = 1e-18;

/** `vl_nnnormalize` with param [N kappa alpha beta]: x / (kappa + alpha · Σ x²)^beta; ours divides alpha by N. */
export const convertLrn: ConvertLayer = (call) => {
  const { name, fields, network } = call;
  const param = fields.vector('param') ?? [5, 1, 0.0001 / 5, 0.75];
  const [size = 5, bias = 1, alpha = 0, beta = 0] = param;
  if (param.length !== 4) throw fields.fail(`has [${param.join(' ')}] as param; expected [N kappa alpha beta]`);
  return network.add(name, fields, { kind: 'lrn', size, bias, alpha: alpha * size, beta }, [oneInput(call)]);
};

/** `vl_nnbnorm` with its moments: mult · (x − mean) / sigma + bias, where sigma = √(variance + epsilon) is what is stored. */
export const convertBatchNorm: ConvertLayer = (call) => {
  const { name, fields, params, key, network } = call;
  const input = oneInput(call);
  const channels = input.shape[2];
  const [mult, bias, moments] = params;
  if (mult === undefined || bias === undefined) throw fields.fail('lacks its multipliers or biases');
  if (moments === undefined)
    throw fields.fail('has no moments, which a network gets by training; expected mean and deviation of each channel');
  if (moments.dims.join() !== `${channels},2`)
    throw fields.fail(`has ${describeValue(moments)} as moments; expected ${channels}×2 (mean and deviation of each channel)`);
  const mean: WeightDraft = { shape: [channels], compute: () => Float32Array.from(moments.values().subarray(0, channels)) };
  const variance: WeightDraft = {
    shape: [channels],
    compute: () => {
      const sigmas = Float64Array.from(moments.values().subarray(channels));
      const bad = sigmas.find((sigma) => !(sigma >= LEAST_SIGMA));
      if (bad !== undefined) throw fields.fail(`has ${bad} as the deviation of a channel; expected a number above 0`);
      return Float32Array.from(sigmas, (sigma) => sigma * sigma);
    },
  };
  const weights = {
    scale: perChannel(call, mult, 'multipliers', channels),
    offset: perChannel(call, bias, 'biases', channels),
    mean,
    variance,
  };
  return network.add(name, fields, { kind: 'batchNorm', epsilon: 0 }, [input], { weights, ...(key !== undefined && { key }) });
};

/** `dagnn.Scale`: a multiplier, and perhaps an offset, for each channel; or the product of two activations. */
export const convertScale: ConvertLayer = (call) => {
  const { name, fields, inputs, params, key, network } = call;
  const [scale, offset] = params;
  if (scale === undefined) return network.add(name, fields, { kind: 'multiply' }, inputs);
  const input = oneInput(call);
  const channels = input.shape[2];
  const zeros: WeightDraft = { shape: [channels], compute: () => new Float32Array(channels) };
  const weights = {
    scale: perChannel(call, scale, 'multipliers', channels),
    offset: offset ? perChannel(call, offset, 'offsets', channels) : zeros,
  };
  return network.add(name, fields, { kind: 'affine' }, [input], { weights, ...(key !== undefined && { key }) });
};
