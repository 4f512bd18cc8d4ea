import { type Layer, type LayerName, type Network, type Shape, weightOwner } from '@featurescope/core';
import { notExpressible } from '../errors.js';
import type { BlobProto, LayerParameter } from '../messages.js';
import { fromFloats } from '../packed-numbers.js';
import { chwRows } from '../weight-layout.js';

type Parameters = Omit<LayerParameter, 'name' | 'type' | 'bottom' | 'top'>;

/** What a blob of the written network holds, next to the layer of ours that it stands for. */
export interface WrittenBlob {
  readonly shape: Shape;
  /** Number of its axes in Caffe: 4 for maps (N, C, H, W), 2 for vectors (N, C). */
  readonly axes: 2 | 4;
  /** The map whose values our vector has in the order height, width, channels, where Caffe's has channels first. */
  readonly reordered?: Shape;
}

/** One weight array as Caffe stores it. */
export const blob = (shape: readonly number[], values: Float32Array): BlobProto => ({
  shape: { dim: shape },
  data: fromFloats(values),
});

/** The messages of a network while its layers are written one by one. */
export class WrittenNetwork {
  readonly messages: LayerParameter[] = [];
  private readonly blobs = new Map<LayerName, WrittenBlob>();
  private readonly names: Set<string>;

  constructor(readonly network: Network) {
    this.names = new Set([network.input.name, ...network.layers.map(({ name }) => name)]);
  }

  blobOf(name: LayerName): WrittenBlob | undefined {
    return this.blobs.get(name);
  }

  setBlob(name: LayerName, value: WrittenBlob): void {
    this.blobs.set(name, value);
  }

  /** A name for an extra message or blob; a number is added when it is taken. */
  claim(name: string): string {
    let unique = name;
    for (let number = 2; this.names.has(unique); number++) unique = `${name}#${number}`;
    this.names.add(unique);
    return unique;
  }
}

/** One layer of ours with what it is fed, while it is written. */
export class LayerWriter<L extends Layer = Layer> {
  private bottoms: readonly string[];

  constructor(
    readonly layer: L,
    readonly inputs: readonly WrittenBlob[],
    private readonly written: WrittenNetwork,
  ) {
    this.bottoms = layer.inputs;
  }

  fail(problem: string): Error {
    return notExpressible(this.layer.name, this.layer.kind, problem);
  }

  get input(): WrittenBlob {
    const [input] = this.inputs;
    if (input === undefined) throw this.fail('it has no input');
    return input;
  }

  weight(parameter: string): Float32Array {
    const found = this.written.network.weights.get(`${weightOwner(this.layer)}/${parameter}`);
    if (found === undefined) throw this.fail(`its weight "${parameter}" is missing`);
    return found.data;
  }

  /** A weight with one value for each channel, in Caffe's order of a vector that is a flattened map. */
  perChannel(parameter: string): Float32Array {
    const { reordered } = this.input;
    return reordered ? chwRows(this.weight(parameter), reordered) : this.weight(parameter);
  }

  /** The message that gives the layer's values; it has the layer's name, and so has its blob. */
  last(type: string, parameters: Parameters = {}): void {
    this.push(this.layer.name, type, parameters);
  }

  /** A message before it, named `<layer>/<what>`. */
  before(type: string, what: string, parameters: Parameters): void {
    this.push(this.written.claim(`${this.layer.name}/${what}`), type, parameters);
  }

  private push(name: string, type: string, parameters: Parameters): void {
    this.written.messages.push({ name, type, bottom: this.bottoms, top: [name], ...parameters });
    this.bottoms = [name];
  }

  /** Feeds the next message with one input after the other in this order, by their positions. */
  inOrder(positions: readonly number[]): void {
    this.bottoms = positions.flatMap((position) => this.layer.inputs[position] ?? []);
  }

  /** Gives each input, or those that are named, the wanted number of axes: vectors become maps of one position, and the other way round. */
  withAxes(axes: 2 | 4, only: readonly LayerName[] = this.layer.inputs): void {
    this.bottoms = this.bottoms.map((top) => {
      if (!only.includes(top) || this.written.blobOf(top)?.axes === axes) return top;
      const name = this.written.claim(`${this.layer.name}/${axes === 4 ? 'map' : 'vector'}`);
      const shape = axes === 4 ? [0, -1, 1, 1] : [0, -1];
      this.written.messages.push({ name, type: 'Reshape', bottom: [top], top: [name], reshape_param: { shape: { dim: shape } } });
      return name;
    });
  }
}
