import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerHook } from '../../execution/hook.js';
import { hooksByLayer } from '../../execution/hook-filter.js';
import type { LayerName } from '../../network/layer.js';
import type { LayerInfo } from '../../network/network.js';
import type { Array4 } from './array4.js';
import { toArray4, toTensor } from './tensors.js';

type Direction = 'forward' | 'backward';

/** Lets the hooks of a layer read a value, and gives what they put in its place. */
export type HookedValue = (name: LayerName, value: Array4) => Promise<Array4>;

const sameShape = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((size, i) => size === b[i]);

async function replacement(hook: LayerHook, direction: Direction, layer: LayerInfo, value: Array4): Promise<Array4> {
  const given: Tensor4D = toTensor(value);
  let returned: Tensor4D | undefined;
  try {
    returned = (await hook[direction]?.(given, layer)) ?? undefined;
    if (!returned || returned === given) return value;
    if (!sameShape(returned.shape, value.shape))
      throw new Error(
        `reference: a hook at "${layer.name}" returned [${returned.shape.join(', ')}] in place of [${value.shape.join(', ')}]`,
      );
    return await toArray4(returned);
  } finally {
    returned?.dispose();
    given.dispose();
  }
}

/** The hooks of one direction, ready to be applied layer by layer in the order given. */
export function hooked(hooks: readonly LayerHook[], layers: readonly LayerInfo[], direction: Direction): HookedValue {
  const byLayer = hooksByLayer(hooks, layers, direction);
  const infos = new Map(layers.map((layer) => [layer.name, layer]));
  return async (name, value) => {
    const layer = infos.get(name);
    let current = value;
    if (layer) for (const hook of byLayer.get(name) ?? []) current = await replacement(hook, direction, layer, current);
    return current;
  };
}
