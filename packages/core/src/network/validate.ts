import { checkAttributes } from './attributes.js';
import { inputShape } from './describe.js';
import { activationTooLarge, invalidNetwork, invalidWeight } from './errors.js';
import type { Layer, LayerName, Shape } from './layer.js';
import type { Network } from './network.js';
import { inferShapes } from './shapes.js';
import { weightOwner, weightShapes } from './weights.js';

/** One activation of 2²⁸ numbers takes a gigabyte. */
const MAX_ACTIVATION = 2 ** 28;

/**
 * Checks that a network can be run on an input of this shape: unique names, every layer after what feeds it, attributes in
 * range, shapes that fit and, when it has weights, all of them there, finite and of the right shape.
 * @throws FeaturescopeError naming the layer at fault
 */
export function validateNetwork(network: Network, input: Shape = inputShape(network)): void {
  if (!input.every((size) => Number.isSafeInteger(size) && size >= 1)) throw invalidNetwork(`its input has the shape ${input.join('×')}`);
  checkGraph(network);
  network.layers.forEach(checkAttributes);
  const shapes = inferShapes(network, input);
  for (const [name, shape] of shapes) if (shape[0] * shape[1] * shape[2] > MAX_ACTIVATION) throw activationTooLarge(name, shape);
  if (network.weights.size > 0) checkWeights(network, shapes);
}

function checkGraph(network: Network): void {
  const known = new Map<LayerName, Layer>();
  const later = new Set(network.layers.map((layer) => layer.name));
  if (network.layers.length === 0) throw invalidNetwork('it has no layers');
  for (const layer of network.layers) {
    if (layer.name === '') throw invalidNetwork('a layer has no name');
    if (known.has(layer.name) || layer.name === network.input.name) throw invalidNetwork(`the name "${layer.name}" is used twice`);
    for (const input of layer.inputs) {
      if (known.get(input)?.kind === 'constant') throw invalidNetwork(`layer "${layer.name}" takes the constant "${input}" as input`);
      if (known.has(input) || input === network.input.name) continue;
      throw invalidNetwork(
        later.has(input)
          ? `layer "${layer.name}" takes "${input}", which comes after it or depends on it (a cycle)`
          : `layer "${layer.name}" takes "${input}", which does not exist`,
      );
    }
    checkArity(layer);
    if (layer.weightsOf !== undefined) checkShared(layer, known.get(layer.weightsOf));
    known.set(layer.name, layer);
  }
  if (network.outputs.length === 0) throw invalidNetwork('it has no outputs');
  for (const output of network.outputs) if (!known.has(output)) throw invalidNetwork(`its output "${output}" is no layer`);
}

function checkArity({ name, kind, inputs }: Layer): void {
  const several = kind === 'concat' || kind === 'add' || kind === 'multiply';
  const fits = several ? inputs.length >= 1 : inputs.length === (kind === 'constant' ? 0 : 1);
  if (!fits) throw invalidNetwork(`layer "${name}" of kind ${kind} has ${inputs.length} inputs`);
}

function checkShared({ name, kind, weightsOf }: Layer, owner: Layer | undefined): void {
  if (owner === undefined) throw invalidNetwork(`layer "${name}" uses the weights of "${weightsOf}", which is no earlier layer`);
  if (owner.kind !== kind || owner.weightsOf !== undefined) {
    throw invalidNetwork(`layer "${name}" of kind ${kind} cannot use the weights of "${weightsOf}" of kind ${owner.kind}`);
  }
}

function checkWeights(network: Network, shapes: ReadonlyMap<LayerName, Shape>): void {
  const checked = new Set<string>();
  for (const layer of network.layers) {
    const input = shapes.get(layer.inputs[0] ?? '');
    if (input === undefined) continue;
    for (const [parameter, expected] of weightShapes(layer, input)) {
      const name = `${weightOwner(layer)}/${parameter}`;
      const weight = network.weights.get(name);
      if (weight === undefined) throw invalidWeight(name, `is missing; expected shape [${expected.join(', ')}]`);
      const fits = weight.shape.length === expected.length && weight.shape.every((size, axis) => size === expected[axis]);
      if (!fits)
        throw invalidWeight(name, `has the shape [${weight.shape.join(', ')}]; layer "${layer.name}" needs [${expected.join(', ')}]`);
      if (checked.has(name)) continue;
      checked.add(name);
      const count = expected.reduce((product, size) => product * size, 1);
      if (weight.data.length !== count) throw invalidWeight(name, `has ${weight.data.length} values instead of ${count}`);
      const bad = weight.data.findIndex((value) => !Number.isFinite(value));
      if (bad >= 0) throw invalidWeight(name, `holds ${weight.data[bad]} at flat position ${bad}; all weights must be finite`);
    }
  }
}
