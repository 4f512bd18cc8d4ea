import { type Activations, type BackwardPolicy, type Layer, type LayerName, type WeightName, weightOwner } from '@featurescope/core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { ruleOf } from './rules/index.js';
import type { Site } from './rules/rule.js';
import type { Run } from './run.js';

/** Where the signal is wanted: at one layer (or the input), or at the trainable weights. */
export type Target = { readonly layer: LayerName } | 'weights';

/** Layers through which a signal has to pass to reach the target, the target included. */
function towards(run: Run, target: Target): ReadonlySet<LayerName> {
  const leading = new Set<LayerName>(target === 'weights' ? [] : [target.layer]);
  for (const layer of run.layers) {
    const trainable = target === 'weights' && ruleOf(layer).weights !== undefined;
    if (trainable || layer.inputs.some((input) => leading.has(input))) leading.add(layer.name);
  }
  return leading;
}

export interface BackwardResult {
  /** At the target layer; owned by the run. Undefined for weights, and when no signal got there. */
  readonly signal: Tensor4D | undefined;
  /** By weight; owned by the run. */
  readonly weights: ReadonlyMap<WeightName, Tensor>;
}

/** Carries seeds placed at layers' outputs down to the target. Takes the seeds over. */
export async function runBackward(run: Run, seeds: Activations, policy: BackwardPolicy, target: Target): Promise<BackwardResult> {
  const leading = towards(run, target);
  const signals = new Map<LayerName, Tensor4D>(seeds);
  const weights = new Map<WeightName, Tensor>();
  const destination = target === 'weights' ? undefined : target.layer;
  for (const layer of [...run.layers].reverse()) {
    const arrived = signals.get(layer.name);
    if (!arrived || !leading.has(layer.name)) continue;
    await run.checkpoint();
    const signal = await run.hooks.apply('backward', layer.name, arrived, run.scope);
    if (layer.name === destination) return { signal, weights };
    const site: Site = { ...run.site(layer), output: required(run.outputs, layer) };
    if (target === 'weights') addWeightGradients(run, site, signal, weights);
    if (layer.inputs.some((input) => leading.has(input))) passOn(run, site, signal, policy, signals);
    run.scope.release(signal);
    run.scope.release(arrived);
    signals.delete(layer.name);
  }
  return { signal: destination === undefined ? undefined : signals.get(destination), weights };
}

function passOn(run: Run, site: Site, signal: Tensor4D, policy: BackwardPolicy, signals: Map<LayerName, Tensor4D>): void {
  const below = tf.tidy(() => [...ruleOf(site.layer).backward(site, signal, policy)]);
  for (const tensor of below) run.scope.own(tensor);
  site.layer.inputs.forEach((input, i) => {
    const part = below[i];
    if (part) accumulate(run, signals, input, part);
  });
}

function addWeightGradients(run: Run, site: Site, signal: Tensor4D, weights: Map<WeightName, Tensor>): void {
  const gradients = tf.tidy(() => ({ ...ruleOf(site.layer).weights?.(site, signal) }));
  for (const [parameter, gradient] of Object.entries(gradients)) {
    accumulate(run, weights, `${weightOwner(site.layer)}/${parameter}`, run.scope.own(gradient));
  }
}

/** Signals that meet add up. */
function accumulate<T extends Tensor>(run: Run, sums: Map<string, T>, key: string, part: T): void {
  const present = sums.get(key);
  if (!present) {
    sums.set(key, part);
    return;
  }
  sums.set(
    key,
    run.scope.compute(() => tf.add(present, part)),
  );
  run.scope.release(present);
  run.scope.release(part);
}

function required(outputs: ReadonlyMap<LayerName, Tensor4D>, layer: Layer): Tensor4D {
  const output = outputs.get(layer.name);
  if (!output) throw new Error(`layer "${layer.name}" has not been run`);
  return output;
}
