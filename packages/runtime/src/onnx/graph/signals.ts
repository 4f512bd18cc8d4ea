import { type Layer, type LayerName, type Network, trainableParameters, weightOwner } from '@featurescope/core';
import { reluDown } from '../backward/activation.js';
import { backwardRule } from '../backward/index.js';
import { weightRule } from '../backward/weights.js';
import type { ActivationGraph } from './activations.js';
import type { GraphBuilder, Value } from './builder.js';
import { sizeOf, toChannelsLast } from './operations.js';
import { type BackwardSpec, PORTS } from './pass-spec.js';
import { seedSignal } from './seeds.js';

/** The layers a signal must reach: those at or above the target (or above some trainable weight), and the input if it is the target. */
export function reachingLayers(network: Network, target: BackwardSpec['target']): ReadonlySet<LayerName> {
  const reaching = new Set<LayerName>();
  if (target !== 'weights') reaching.add(target.layer);
  for (const layer of network.layers) {
    const owned = target === 'weights' && trainableParameters(layer).length > 0;
    if (owned || layer.inputs.some((input) => reaching.has(input))) reaching.add(layer.name);
  }
  return reaching;
}

/**
 * The ReLU under a max-pool whose rule can be applied above the pool, where there are fewer positions: a switch is let
 * through by the ReLU's mask exactly if the window's maximum is positive.
 */
function mergedRelu(pool: Layer, network: Network, { policy, signals, replaced, target }: BackwardSpec): LayerName | undefined {
  if (pool.kind !== 'maxPool' || policy.maxPool !== 'switches') return undefined;
  const apart = pool.stride[0] >= pool.size[0] && pool.stride[1] >= pool.size[1];
  if (policy.relu.rectifySignal && !apart) return undefined;
  const below = pool.inputs[0];
  const relu = network.layers.find((layer) => layer.name === below);
  if (relu?.kind !== 'relu') return undefined;
  const shown = signals.includes(relu.name) || replaced.includes(relu.name) || (target !== 'weights' && target.layer === relu.name);
  const users = network.layers.filter((layer) => layer.inputs.includes(relu.name));
  return shown || users.length > 1 ? undefined : relu.name;
}

/** The backward part of a graph: seeds, signals from the top down, and the gradients asked for as results. */
export class SignalGraph {
  readonly #g: GraphBuilder;
  readonly #activations: ActivationGraph;
  readonly #spec: BackwardSpec;
  readonly #reaching: ReadonlySet<LayerName>;
  readonly #signals = new Map<LayerName, Value>();
  /** ReLUs that have been passed together with the pool above. */
  readonly #merged = new Set<LayerName>();
  readonly #weightGradients = new Map<string, Value>();

  constructor(g: GraphBuilder, activations: ActivationGraph, spec: BackwardSpec, network: Network) {
    this.#g = g;
    this.#activations = activations;
    this.#spec = spec;
    this.#reaching = reachingLayers(network, spec.target);
    spec.seeds.forEach((seed, index) => {
      const signal = seedSignal(g, activations, seed, index);
      if (signal !== undefined && this.#reaching.has(seed.layer)) this.#arrive(seed.layer, signal);
    });
    this.#descend(network);
  }

  #descend(network: Network): void {
    const { target, replaced, signals, finish } = this.#spec;
    const pending = new Set(signals);
    for (const layer of [...network.layers].reverse()) {
      if (!finish && pending.size === 0) return;
      const arrived = this.#signals.get(layer.name);
      if (arrived === undefined) continue;
      if (pending.delete(layer.name)) this.#result(PORTS.signal(layer.name), layer.name, arrived);
      if (replaced.includes(layer.name))
        this.#signals.set(layer.name, this.#activations.mapInput(PORTS.replacedSignal(layer.name), layer.name));
      if (target === 'weights' || target.layer !== layer.name) this.#passDown(layer, network);
    }
    if (!finish) return;
    if (target === 'weights') this.#finishWeights(network);
    else this.#finishLayer(target.layer);
  }

  #passDown(layer: Layer, network: Network): void {
    let signal = this.#signals.get(layer.name) ?? '';
    const site = this.#activations.site(layer);
    if (this.#spec.target === 'weights') this.#addWeights(layer, signal);
    const wanted = layer.inputs.map((input) => this.#reaching.has(input));
    if (!wanted.includes(true)) return;
    const policy = { name: '', ...this.#spec.policy };
    const merged = mergedRelu(layer, network, this.#spec);
    if (merged !== undefined && !this.#signals.has(merged) && !this.#activations.isReplaced(merged)) {
      this.#merged.add(merged);
      signal = reluDown(site, signal, policy);
    }
    const below = this.#merged.has(layer.name) ? [signal] : backwardRule(layer)(site, signal, policy, wanted);
    layer.inputs.forEach((input, index) => {
      const part = below[index];
      if (wanted[index] && part !== undefined) this.#arrive(input, part);
    });
  }

  #addWeights(layer: Layer, signal: Value): void {
    const gradients = weightRule(layer)?.(this.#activations.site(layer), signal) ?? {};
    for (const [parameter, gradient] of Object.entries(gradients)) {
      const name = `${weightOwner(layer)}/${parameter}`;
      const before = this.#weightGradients.get(name);
      this.#weightGradients.set(name, before === undefined ? gradient : this.#g.op('Add', [before, gradient]));
    }
  }

  #arrive(layer: LayerName, signal: Value): void {
    const before = this.#signals.get(layer);
    this.#signals.set(layer, before === undefined ? signal : this.#g.op('Add', [before, signal]));
  }

  #finishLayer(layer: LayerName): void {
    const signal = this.#signals.get(layer);
    if (signal !== undefined) this.#result(PORTS.gradient, layer, signal);
  }

  #finishWeights(network: Network): void {
    for (const [name, gradient] of this.#weightGradients) {
      const dims = network.weights.get(name)?.shape ?? [];
      this.#g.output(PORTS.weightGradient(name), this.#g.op('Reshape', [gradient, this.#g.ints([sizeOf(dims)])]), [sizeOf(dims)]);
    }
  }

  #result(port: string, layer: LayerName, value: Value): void {
    const shape = this.#activations.shape(layer);
    const [n, c, h, w] = shape;
    this.#g.output(port, toChannelsLast(this.#g, value, shape), [n, h, w, c]);
  }
}
