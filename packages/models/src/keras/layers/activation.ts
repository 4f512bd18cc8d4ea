import { z } from 'zod';
import type { LayerDraft } from '../../imported-layers.js';
import type { KerasCall, KerasValue } from '../keras-network.js';

const PLAIN: ReadonlyMap<string, LayerDraft> = new Map<string, LayerDraft>([
  ['relu', { kind: 'relu' }],
  ['relu6', { kind: 'clip', min: 0, max: 6 }],
  ['tanh', { kind: 'tanh' }],
  ['sigmoid', { kind: 'sigmoid' }],
  ['softmax', { kind: 'softmax' }],
  ['leaky_relu', { kind: 'leakyRelu', slope: 0.2 }],
  ['linear', { kind: 'identity' }],
]);
/** x · sigmoid(x), which takes two layers. */
const SILU = new Set(['silu', 'swish']);
const NAMES = [...PLAIN.keys(), ...SILU];

/** The activation that a layer applies to its own output; null for none. Keras 3 may write a function with its name inside. */
export const ACTIVATION = z.preprocess(
  (value) => (typeof value === 'object' && value !== null && 'config' in value ? value.config : value),
  z
    .string()
    .nullish()
    .refine((name) => !name || NAMES.includes(name), { error: ({ input }) => `${input} (supported: ${NAMES.join(', ')})` }),
);

/** Adds an activation as a layer named `name`. */
const apply = (call: KerasCall, value: KerasValue, activation: string, name: string): KerasValue => {
  const draft = PLAIN.get(activation) ?? { kind: 'identity' };
  if (!SILU.has(activation)) return call.network.add(call, draft, [value], undefined, name);
  const gate = call.network.add(call, { kind: 'sigmoid' }, [value], undefined, `${name}/sigmoid`);
  return call.network.add(call, { kind: 'multiply' }, [value, gate], undefined, name);
};

/** Adds the activation of a layer as a layer of its own, named `<layer>/<activation>`. */
export const withActivation = (call: KerasCall, value: KerasValue, activation: string | null | undefined): KerasValue =>
  activation && activation !== 'linear' ? apply(call, value, activation, `${call.name}/${activation}`) : value;

export const activation = (call: KerasCall): KerasValue =>
  apply(call, call.input, call.options(z.object({ activation: ACTIVATION })).activation ?? 'linear', call.name);

const RELU = z.object({ max_value: z.number().nullish(), negative_slope: z.number().nullish(), threshold: z.number().nullish() });

export const relu = (call: KerasCall): KerasValue => {
  const { max_value: most, negative_slope: slope, threshold } = call.options(RELU);
  if (threshold) throw call.fail(`has the threshold ${threshold}; only 0 is supported`);
  if (slope && typeof most === 'number') throw call.fail('has both a negative slope and a largest value, which is not supported');
  if (slope) return call.network.add(call, { kind: 'leakyRelu', slope }, [call.input]);
  return call.network.add(call, typeof most === 'number' ? { kind: 'clip', min: 0, max: most } : { kind: 'relu' }, [call.input]);
};

const LEAKY = z.object({ alpha: z.number().optional(), negative_slope: z.number().optional() });

export const leakyRelu = (call: KerasCall): KerasValue => {
  const { alpha, negative_slope: slope } = call.options(LEAKY);
  return call.network.add(call, { kind: 'leakyRelu', slope: alpha ?? slope ?? 0.3 }, [call.input]);
};

const SOFTMAX = z.object({ axis: z.union([z.number(), z.tuple([z.number()]).transform(([axis]) => axis)]).default(-1) });

export const softmax = (call: KerasCall): KerasValue => {
  const { axis } = call.options(SOFTMAX);
  const flat = call.input.shape[0] === 1 && call.input.shape[1] === 1;
  if (axis !== -1 && axis !== 3 && !(flat && axis === 1))
    throw call.fail(`runs over axis ${axis}; only a softmax over channels is supported`);
  return call.network.add(call, { kind: 'softmax' }, [call.input]);
};
