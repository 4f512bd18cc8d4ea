import type { BackwardPolicy } from '../../execution/policy.js';
import type { Layer, LayerName } from '../../network/layer.js';
import type { WeightName } from '../../network/network.js';
import { type Array4, get, sum, zeros } from './array4.js';
import { callOf, neededLayers, type ReferencePass } from './forward.js';
import { ruleOf } from './rules/index.js';

/** Signals at the outputs of layers, the input's under its own name. */
export type Signals = Map<LayerName, Array4>;

/** Lets a signal meet what has already arrived at a layer. */
export const arrive = (signals: Signals, name: LayerName, signal: Array4): void => {
  const before = signals.get(name);
  signals.set(name, before ? sum(before, signal) : signal);
};

/** Carries the signal at one layer's output to its inputs. */
export function passDown(pass: ReferencePass, layer: Layer, signals: Signals, policy: BackwardPolicy): void {
  const signal = signals.get(layer.name);
  if (!signal) return;
  const call = callOf(pass.network, layer, pass.values, pass.options);
  const below = ruleOf(layer).backward(call, signal, policy);
  layer.inputs.forEach((name, i) => {
    const part = below[i];
    if (part) arrive(signals, name, part);
  });
}

/** Layers of a pass from the top down. */
export const downwards = (pass: ReferencePass): readonly Layer[] =>
  neededLayers(pass.network, pass.options.wanted)
    .filter(({ name }) => pass.values.has(name))
    .toReversed();

/** The signal at the output of every layer below a seed, seeds included. */
export function referenceSignals(pass: ReferencePass, seeds: ReadonlyMap<LayerName, Array4>, policy: BackwardPolicy): Signals {
  const signals: Signals = new Map(seeds);
  for (const layer of downwards(pass)) passDown(pass, layer, signals, policy);
  return signals;
}

/** Carries seeds down to the input, or to the output of the layer `to`. */
export function referenceBackward(
  pass: ReferencePass,
  seeds: ReadonlyMap<LayerName, Array4>,
  policy: BackwardPolicy,
  to: LayerName = pass.network.input.name,
): Array4 {
  const signal = referenceSignals(pass, seeds, policy).get(to);
  if (signal) return signal;
  const value = pass.values.get(to);
  if (!value) throw new Error(`reference: "${to}" was not computed`);
  return zeros(value.shape);
}

/** Gradients of the trainable weights that a signal reaches, from the signals at the layers' outputs; shared weights are added up. */
export function referenceWeightGradients(pass: ReferencePass, signals: ReadonlyMap<LayerName, Array4>): Map<WeightName, Float64Array> {
  const gradients = new Map<WeightName, Float64Array>();
  for (const layer of downwards(pass)) {
    const signal = signals.get(layer.name);
    const { weightGradient } = ruleOf(layer);
    if (!signal || !weightGradient) continue;
    const parts = weightGradient(callOf(pass.network, layer, pass.values, pass.options), signal);
    for (const [parameter, part] of Object.entries(parts)) {
      const name = `${layer.weightsOf ?? layer.name}/${parameter}`;
      const before = gradients.get(name);
      gradients.set(name, before ? before.map((value, i) => value + get(part, i)) : part);
    }
  }
  return gradients;
}
