import type { Layer, LayerName } from '../../network/layer.js';
import type { Network, WeightName } from '../../network/network.js';
import type { Array4 } from './array4.js';
import type { LayerCall } from './rule.js';
import { ruleOf } from './rules/index.js';

export interface ReferenceOptions {
  /** Layers to run, with all they depend on. Left out: all but constants. */
  readonly wanted?: readonly LayerName[];
  /** Factors for dropout layers. */
  readonly dropout?: ReadonlyMap<LayerName, Array4>;
  /** Values in place of weights of the network. */
  readonly weights?: ReadonlyMap<WeightName, ArrayLike<number>>;
  /** Values in place of what a layer (or the input, under its name) gives. */
  readonly replaced?: ReadonlyMap<LayerName, Array4>;
}

/** A forward pass: what each layer gave, and what going down needs. */
export interface ReferencePass {
  readonly network: Network;
  readonly options: ReferenceOptions;
  /** By layer, and the input under its own name. */
  readonly values: ReadonlyMap<LayerName, Array4>;
}

/** The layers that the wanted ones depend on, in the order of the network. */
export function neededLayers({ layers }: Network, wanted: readonly LayerName[] | undefined): readonly Layer[] {
  if (!wanted) return layers.filter(({ kind }) => kind !== 'constant');
  const needed = new Set(wanted);
  const found: Layer[] = [];
  for (const layer of layers.toReversed()) {
    if (!needed.has(layer.name)) continue;
    found.unshift(layer);
    for (const input of layer.inputs) needed.add(input);
  }
  return found;
}

/** One layer with its inputs and weights. */
export function callOf(
  network: Network,
  layer: Layer,
  values: ReadonlyMap<LayerName, Array4>,
  options: ReferenceOptions,
): LayerCall<Layer> {
  const inputs = layer.inputs.map((name) => {
    const value = values.get(name);
    if (!value) throw new Error(`reference: "${layer.name}" needs "${name}", which was not computed`);
    return value;
  });
  const parameter = (name: string): ArrayLike<number> => {
    const full = `${layer.weightsOf ?? layer.name}/${name}`;
    const weight = options.weights?.get(full) ?? network.weights.get(full)?.data;
    if (!weight) throw new Error(`reference: the network has no weight "${full}"`);
    return weight;
  };
  const dropout = options.dropout?.get(layer.name);
  return { layer, inputs, parameter, ...(dropout && { dropout }) };
}

/** Runs a network in double precision, layer by layer. */
export function referenceForward(network: Network, input: Array4, options: ReferenceOptions = {}): ReferencePass {
  const replaced = (name: LayerName, value: () => Array4) => options.replaced?.get(name) ?? value();
  const values = new Map([[network.input.name, replaced(network.input.name, () => input)]]);
  for (const layer of neededLayers(network, options.wanted))
    values.set(
      layer.name,
      replaced(layer.name, () => ruleOf(layer).forward(callOf(network, layer, values, options))),
    );
  return { network, options, values };
}
