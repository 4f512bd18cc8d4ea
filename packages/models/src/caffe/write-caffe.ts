import { inferShapes, type LayerName, type ModelFile, type Network, type Shape, validateNetwork } from '@featurescope/core';
import { encodeCaffeModel } from './encode.js';
import { notExpressible, notWritable } from './errors.js';
import type { LayerParameter, NetParameter } from './messages.js';
import { printPrototxt } from './print-text.js';
import { type WrittenBlob, WrittenNetwork } from './write/layer-writer.js';
import { reorderedMap } from './write/vector-order.js';
import { writeLayer } from './write/write-layer.js';

/**
 * `<stem>.prototxt` and `<stem>.caffemodel` of a network at its model's input size. Every layer of the files that has the name
 * of one of ours gives the same values; where one of ours needs further layers before it, they are named `<layer>/<what>`. What is done with pictures beforehand is not said there.
 * @throws FeaturescopeError naming a layer that Caffe has no exact equivalent of
 */
export const writeCaffe = (
  { name, network, input }: Pick<ModelFile, 'name' | 'network' | 'input'>,
  stem: string,
): ReadonlyMap<string, Uint8Array> => {
  const [height, width, channels] = network.input.shape;
  const shape: Shape = [height ?? input.size[0], width ?? input.size[1], channels];
  const net: NetParameter = { name, layer: messagesOf(network, shape) };
  return new Map([
    [`${stem}.prototxt`, new TextEncoder().encode(printPrototxt(net))],
    [`${stem}.caffemodel`, encodeCaffeModel(net)],
  ]);
};

const messagesOf = (network: Network, shape: Shape): readonly LayerParameter[] => {
  if (network.weights.size === 0 && network.layers.some(({ kind }) => kind === 'conv' || kind === 'dense'))
    throw notWritable('it has no weights');
  validateNetwork(network, shape);
  const written = new WrittenNetwork(network);
  const shapes = inferShapes(network, shape);
  const { name } = network.input;
  const [height, width, channels] = shape;
  written.messages.push({ name, type: 'Input', top: [name], input_param: { shape: [{ dim: [1, channels, height, width] }] } });
  written.setBlob(name, { shape, axes: 4 });
  for (const layer of network.layers) {
    const inputs = layer.inputs.map((input) => blobNamed(written, input));
    const reordered = reorderedMap(layer, inputs);
    const axes = writeLayer(layer, inputs, written);
    written.setBlob(layer.name, { shape: shapes.get(layer.name) ?? shape, axes, ...(reordered && { reordered }) });
  }
  checkOutputs(written);
  endWithMainOutput(written);
  return written.messages;
};

const blobNamed = (written: WrittenNetwork, name: LayerName): WrittenBlob => {
  const found = written.blobOf(name);
  if (found === undefined) throw notWritable(`"${name}" is no layer`);
  return found;
};

const checkOutputs = (written: WrittenNetwork): void => {
  for (const { name, kind } of written.network.layers) {
    if (!written.network.outputs.includes(name)) continue;
    if (kind === 'constant') throw notWritable(`its output "${name}" is a constant`);
    if (written.blobOf(name)?.reordered)
      throw notExpressible(
        name,
        kind,
        'it is an output in the order height, width, channels; Caffe has vectors in the order channels, height, width',
      );
  }
};

/** In Caffe the outputs are the blobs that feed no layer; the last of them is made our main one. */
const endWithMainOutput = (written: WrittenNetwork): void => {
  const main = written.network.outputs.at(-1) ?? '';
  const fed = new Set(written.messages.flatMap(({ bottom = [] }) => bottom));
  const last = written.messages.findLast(({ top = [] }) => top.every((blob) => !fed.has(blob)));
  if (last?.top?.includes(main)) return;
  const name = written.claim(`${main}/output`);
  written.messages.push({ name, type: 'Split', bottom: [main], top: [name] });
};
