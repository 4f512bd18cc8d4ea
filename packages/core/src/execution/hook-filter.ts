import type { LayerName } from '../network/layer.js';
import type { LayerInfo } from '../network/network.js';
import { layerIndexOutOfRange, unknownLayer } from './errors.js';
import type { LayerFilter, LayerHook } from './hook.js';

/**
 * The layers that a filter selects, in the order of the network and each once.
 * @throws FeaturescopeError when a name or index is not that of a layer
 */
export function matchLayers(filter: LayerFilter, layers: readonly LayerInfo[]): readonly LayerInfo[] {
  if (typeof filter === 'function') return layers.filter((layer) => filter(layer));
  const references = typeof filter === 'string' || typeof filter === 'number' ? [filter] : filter;
  const wanted = new Set(references.map((reference) => findLayer(reference, layers)));
  return layers.filter((layer) => wanted.has(layer));
}

/** The layer with this exact name, or this index counted from 1. @throws FeaturescopeError naming the nearest layers */
export function findLayer(reference: string | number, layers: readonly LayerInfo[]): LayerInfo {
  const exact = layers.find((layer) => layer.name === reference);
  if (exact) return exact;
  const index = typeof reference === 'number' ? reference : /^\d+$/.test(reference) ? Number(reference) : undefined;
  if (index === undefined) throw unknownLayer(String(reference), layers);
  const found = layers.find((layer) => layer.index === index);
  if (!found) throw layerIndexOutOfRange(index, layers);
  return found;
}

/** The hooks of each direction by the name of the layer they act on, in the order given. */
export function hooksByLayer(
  hooks: readonly LayerHook[],
  layers: readonly LayerInfo[],
  direction: 'forward' | 'backward',
): ReadonlyMap<LayerName, readonly LayerHook[]> {
  const found = new Map<LayerName, LayerHook[]>();
  for (const hook of hooks) {
    if (!hook[direction]) continue;
    for (const { name } of matchLayers(hook.layers, layers)) found.set(name, [...(found.get(name) ?? []), hook]);
  }
  return found;
}
