import { encodeHalf, type Layer, type Network, weightOwner } from '@featurescope/core';
import { type AttributeValue, attribute, DataType, floatTensor, type Loose, type NodeProto, type TensorProto } from '@featurescope/onnx';
import { halfOverflow, missingLayerWeight } from './errors.js';
import { type Note, noteText } from './notes.js';

export type Precision = 'float32' | 'float16';

/** Lays out a weight as ONNX expects it. */
export interface Layout {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

type Attributes = Readonly<Record<string, AttributeValue>>;

/** Collects the nodes and initializers of a file; values are called like the layers that give them. */
export class GraphWriter {
  readonly nodes: Loose<NodeProto>[] = [];
  readonly initializers: Loose<TensorProto>[] = [];
  private readonly taken: Set<string>;
  /** Values that are stored once, by what they are. */
  private readonly stored = new Map<string, string>();

  constructor(
    private readonly network: Network,
    private readonly precision: Precision,
  ) {
    this.taken = new Set([network.input.name, ...network.layers.map(({ name }) => name)]);
  }

  isInput(value: string): boolean {
    return value === this.network.input.name;
  }

  /** The node of a layer. */
  layer({ name }: Layer, type: string, inputs: readonly string[], attributes: Attributes = {}, note: Note = {}): void {
    this.add(name, type, inputs, attributes, note);
  }

  /** A further node that a layer needs before its own; answers its value. */
  part({ name }: Layer, what: string, type: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const part = this.fresh(`${name}/${what}`);
    this.add(part, type, inputs, attributes, { partOf: name });
    return part;
  }

  /** A tensor that belongs to a layer, such as a limit or a shape. */
  tensor({ name }: Layer, what: string, tensor: (name: string) => Loose<TensorProto>): string {
    const fresh = this.fresh(`${name}/${what}`);
    this.initializers.push(tensor(fresh));
    return fresh;
  }

  /** A tensor that any layer may use, under one name. */
  shared(what: string, tensor: (name: string) => Loose<TensorProto>): string {
    const found = this.stored.get(`shared ${what}`);
    if (found !== undefined) return found;
    const fresh = this.fresh(what);
    this.initializers.push(tensor(fresh));
    this.stored.set(`shared ${what}`, fresh);
    return fresh;
  }

  /** The value of a weight of a layer, stored once for all layers that share it. @throws FeaturescopeError when it is missing */
  weight(layer: Layer, parameter: string, layout: (weight: Layout) => Layout = (weight) => weight): string {
    const key = `${weightOwner(layer)}/${parameter}`;
    const weight = this.network.weights.get(key);
    if (weight === undefined) throw missingLayerWeight(layer.name, parameter);
    const found = this.stored.get(`weight ${key}`);
    if (found !== undefined) return found;
    const { dims, data } = layout({ dims: weight.shape, data: weight.data });
    const name = this.fresh(key);
    const single = this.precision === 'float32';
    this.initializers.push(single ? floatTensor(name, dims, data) : halfTensor(name, dims, data));
    const value = single ? name : this.part(layer, `${parameter} in single precision`, 'Cast', [name], { to: DataType.FLOAT });
    this.stored.set(`weight ${key}`, value);
    return value;
  }

  private add(name: string, opType: string, input: readonly string[], attributes: Attributes, note: Note): void {
    const docString = noteText(note);
    this.nodes.push({
      opType,
      name,
      input,
      output: [name],
      attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
      ...(docString !== undefined && { docString }),
    });
  }

  private fresh(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.taken.has(name); number++) name = `${wanted}#${number}`;
    this.taken.add(name);
    return name;
  }
}

const halfTensor = (name: string, dims: readonly number[], data: Float32Array): Loose<TensorProto> => {
  const half = encodeHalf(data);
  const overflow = half.findIndex((bits) => (bits & 0x7fff) === 0x7c00);
  if (overflow >= 0) throw halfOverflow(name, data[overflow] ?? 0);
  return { name, dims, dataType: DataType.FLOAT16, rawData: new Uint8Array(half.buffer, half.byteOffset, half.byteLength) };
};
