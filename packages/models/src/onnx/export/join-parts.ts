import {
  inferShapes,
  type Layer,
  type LayerName,
  type Network,
  type Shape,
  type Weight,
  type WeightName,
  weightOwner,
} from '@featurescope/core';
import type { ModelProto } from '@featurescope/onnx';
import { type Note, notesOf } from './notes.js';

type Notes = ReadonlyMap<LayerName, Note>;

/** Factors that one product is put together from; longer chains stay as they are. */
const MOST_FACTORS = 256;

/**
 * The network of a file that we wrote, with the nodes that are parts of a layer joined to it again. What the notes say is followed
 * only where it leaves the function of the network as it is. A file of another tool keeps a layer for each node.
 */
export const joinParts = (model: ModelProto, network: Network, input: Shape): Network => {
  const notes = notesOf(model);
  if (notes.size === 0) return network;
  const shapes = inferShapes(network, input);
  const parts = joinableParts(network, notes);
  const affine = affineLayers(network, notes);
  const joined = new Map<LayerName, readonly LayerName[]>();
  const layers = network.layers.flatMap((layer): Layer[] => {
    const inputs = layer.inputs.flatMap((name) => joined.get(name) ?? [name]);
    if (parts.has(layer.name) && inputs.length <= MOST_FACTORS) {
      joined.set(layer.name, inputs);
      return [];
    }
    const { name, weightsOf } = layer;
    if (affine.has(weightOwner(layer))) return [{ kind: 'affine', name, inputs, ...(weightsOf !== undefined && { weightsOf }) }];
    return [inOrder({ ...layer, inputs }, parts.get(layer.inputs[0] ?? ''), notes, shapes)];
  });
  return { ...network, layers, weights: withoutStatistics(network.weights, affine) };
};

/** Layers that can be left out since the layer that they are a part of does their work too, and nothing else takes their value. */
const joinableParts = ({ layers, outputs }: Network, notes: Notes): ReadonlyMap<LayerName, Layer> => {
  const owners = new Map(layers.map((layer) => [layer.name, layer]));
  const users = new Map<LayerName, Layer[]>();
  const found = new Map<LayerName, Layer>();
  for (const layer of [...layers].reverse()) {
    const takers = users.get(layer.name) ?? [];
    const owner = owners.get(notes.get(layer.name)?.partOf ?? '');
    const inside = takers.every((taker) => taker === owner || (found.has(taker.name) && notes.get(taker.name)?.partOf === owner?.name));
    if (owner !== undefined && owner !== layer && inside && !outputs.includes(layer.name) && doneBy(owner, layer, takers))
      found.set(layer.name, layer);
    for (const name of layer.inputs) {
      const list = users.get(name);
      if (list === undefined) users.set(name, [layer]);
      else list.push(layer);
    }
  }
  return found;
};

const doneBy = (owner: Layer, part: Layer, takers: readonly Layer[]): boolean => {
  const [taker] = takers;
  switch (part.kind) {
    case 'identity':
    case 'constant':
      return true;
    case 'multiply':
      return owner.kind === 'multiply' && takers.length === 1;
    case 'flatten':
      return owner.kind === 'dense' && takers.length === 1 && taker === owner;
    default:
      return false;
  }
};

/** A dense or flatten layer with the order that its nodes show, or that it notes where all orders are alike. */
const inOrder = (layer: Layer, part: Layer | undefined, notes: Notes, shapes: ReadonlyMap<LayerName, Shape>): Layer => {
  if (layer.kind !== 'dense' && layer.kind !== 'flatten') return layer;
  const [height = 1, width = 1, channels = 1] = shapes.get(layer.inputs[0] ?? '') ?? [];
  const alike = height * width === 1 || channels === 1;
  const noted = notes.get(layer.name)?.hwc ? 'hwc' : 'chw';
  if (layer.kind === 'flatten') return { ...layer, order: alike ? noted : layer.order };
  return { ...layer, inputOrder: alike ? noted : part?.kind === 'flatten' ? part.order : layer.inputOrder };
};

/** Owners of the weights of batch normalisations that all say that they only scale and shift, and do. */
const affineLayers = ({ layers, weights }: Network, notes: Notes): ReadonlySet<LayerName> => {
  const normalisations = layers.filter((layer) => layer.kind === 'batchNorm');
  const others = new Set(normalisations.filter(({ name, epsilon }) => !notes.get(name)?.affine || epsilon !== 0).map(weightOwner));
  const all = (name: WeightName, value: number) => weights.get(name)?.data.every((item) => item === value) ?? false;
  return new Set(
    normalisations.map(weightOwner).filter((name) => !others.has(name) && all(`${name}/mean`, 0) && all(`${name}/variance`, 1)),
  );
};

const withoutStatistics = (weights: Network['weights'], owners: ReadonlySet<LayerName>): Network['weights'] => {
  const kept = new Map<WeightName, Weight>(weights);
  for (const owner of owners) {
    kept.delete(`${owner}/mean`);
    kept.delete(`${owner}/variance`);
  }
  return kept;
};
