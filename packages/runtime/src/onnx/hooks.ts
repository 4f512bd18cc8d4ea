import {
  ancestors,
  describeLayers,
  hooksByLayer,
  type LayerHook,
  type LayerInfo,
  type LayerName,
  type Network,
  type Shape,
} from '@featurescope/core';
import { wrongReplacement } from './errors.js';
import type { Numbers } from './session.js';
import { numbersOf, toTensor } from './tensors.js';

type Direction = 'forward' | 'backward';

/** Hooks that have replaced something before: a pass stops at them, instead of going on with what they will replace. */
const replacing = new WeakSet<LayerHook>();

/** The layer table as far as a picture of this size gets: all layers, or those the wanted ones depend on. */
export function layerTable(network: Network, input: Shape, wanted: readonly LayerName[]): readonly LayerInfo[] {
  try {
    return describeLayers(network, input);
  } catch {
    const needed = ancestors(network, wanted);
    const table = describeLayers({ ...network, layers: network.layers.filter((layer) => needed.has(layer.name)) }, input);
    const index = new Map(network.layers.map((layer, position) => [layer.name, position + 1]));
    return table.map((info) => ({ ...info, index: index.get(info.name) ?? info.index }));
  }
}

/** The hooks of one direction that are still to be called, in the order in which a pass meets their layers. */
export class PendingHooks {
  readonly #direction: Direction;
  readonly #hooks: ReadonlyMap<LayerName, readonly LayerHook[]>;
  readonly #layers: ReadonlyMap<LayerName, LayerInfo>;
  #pending: readonly LayerName[];

  constructor(hooks: readonly LayerHook[], table: readonly LayerInfo[], met: (layer: LayerName) => boolean, direction: Direction) {
    this.#direction = direction;
    this.#hooks = hooksByLayer(hooks, table, direction);
    this.#layers = new Map(table.map((info) => [info.name, info]));
    const names = table.map((info) => info.name).filter((name) => this.#hooks.has(name) && met(name));
    this.#pending = direction === 'forward' ? names : names.reverse();
  }

  /** The layers up to the first one whose hook is known to replace. */
  next(): { readonly layers: readonly LayerName[]; readonly last: boolean } {
    const stop = this.#pending.findIndex((name) => this.#hooks.get(name)?.some((hook) => replacing.has(hook)));
    return stop < 0 ? { layers: this.#pending, last: true } : { layers: this.#pending.slice(0, stop + 1), last: false };
  }

  /** Calls the hooks of these layers in turn, until one replaces what it was given: then the rest of the pass must be computed anew. */
  async call(layers: readonly LayerName[], values: ReadonlyMap<LayerName, Numbers>): Promise<readonly [LayerName, Numbers] | undefined> {
    for (const layer of layers) {
      this.#pending = this.#pending.filter((name) => name !== layer);
      const value = values.get(layer);
      const replacement = value && (await this.#callAt(layer, value));
      if (replacement) return [layer, replacement];
    }
    return undefined;
  }

  async #callAt(layer: LayerName, value: Numbers): Promise<Numbers | undefined> {
    const info = this.#layers.get(layer);
    let replacement: Numbers | undefined;
    for (const hook of this.#hooks.get(layer) ?? []) {
      const given = toTensor(replacement ?? value);
      let returned: typeof given | undefined;
      try {
        returned = info && ((await hook[this.#direction]?.(given, info)) ?? undefined);
        if (!returned || returned === given) continue;
        if (returned.shape.join() !== given.shape.join()) throw wrongReplacement(layer, returned.shape, given.shape);
        replacing.add(hook);
        const { data, dims } = await numbersOf(returned);
        replacement = { data: data.slice(), dims };
      } finally {
        returned?.dispose();
        given.dispose();
      }
    }
    return replacement;
  }
}
