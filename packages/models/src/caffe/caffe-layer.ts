import type { FeaturescopeError, Shape } from '@featurescope/core';
import { invalidCaffeWeights, unsupportedCaffeLayer } from './errors.js';
import type { BlobProto, LayerParameter } from './messages.js';
import { countOf, toFloats } from './packed-numbers.js';

/** What a blob holds: the output of one of our layers. */
export interface Blob {
  readonly layer: string;
  readonly shape: Shape;
  /** Number of its axes in Caffe: 4 for maps (N, C, H, W), 2 for vectors (N, C). */
  readonly axes: 2 | 4;
}

/** One layer of a file with the blobs that feed it and the weights that the model file has for it. */
export class CaffeLayer {
  readonly type: string;

  constructor(
    readonly parameter: LayerParameter,
    /** Name of the layer of ours that stands for it. */
    readonly name: string,
    readonly bottoms: readonly Blob[],
    private readonly blobs: readonly BlobProto[] | undefined,
    private readonly source: string,
    private readonly weightFile: string,
  ) {
    this.type = parameter.type ?? '';
  }

  /** An error that names the file, the layer and its type. */
  fail(problem: string): FeaturescopeError {
    return unsupportedCaffeLayer(this.source, this.name, this.type, problem);
  }

  /** The only blob that feeds the layer. */
  get bottom(): Blob {
    const [bottom] = this.bottoms;
    if (bottom === undefined || this.bottoms.length !== 1) throw this.fail(`has ${this.bottoms.length} bottoms; expected one`);
    return bottom;
  }

  /** The only blob that feeds the layer, which must be a map. */
  get map(): Blob {
    const { bottom } = this;
    if (bottom.axes === 4) return bottom;
    throw this.fail(`takes a flat blob (N, C); expected a map (N, C, H, W)`);
  }

  /** Checks that an axis of the bottom, counted from the back when negative, is the channels. */
  checkChannelAxis(axis: number, blob: Blob): void {
    if (axis === 1 || axis === 1 - blob.axes) return;
    throw this.fail(`works along axis ${axis} of ${blob.axes}; only channels (axis 1) are supported`);
  }

  /** Checks that the model file has no weights for the layer that it does not use: then the two files do not belong together. */
  checkWeightCount(most: number): void {
    const given = this.blobs?.length ?? 0;
    if (given > most) throw invalidCaffeWeights(this.weightFile, this.name, this.type, `has ${given} weights; expected ${most}`);
  }

  /**
   * The weights at a position of the layer's list, in the order of the file; `shape` may have further axes of size 1 in front, as old files do.
   * @throws FeaturescopeError when they are missing or have other sizes
   */
  weights(position: number, what: string, shape: readonly number[]): () => Float32Array {
    const fail = (problem: string) => invalidCaffeWeights(this.weightFile, this.name, this.type, problem);
    if (!this.parameter.name) throw fail('has no name of its own, by which its weights could be found');
    if (this.name !== this.parameter.name) throw fail('has the name of something before it, so that its weights cannot be told apart');
    if (this.blobs === undefined || this.blobs.length === 0)
      throw fail(`has no weights there; give the .caffemodel that belongs to ${this.source}`);
    const blob = this.blobs[position];
    if (blob === undefined) throw fail(`has ${this.blobs.length} weights; the ${what} is missing`);
    const given = dimsOf(blob);
    const fits = given.length === 0 ? true : significant(given) === significant(shape);
    if (!fits) throw fail(`has a ${what} of shape [${given.slice(0, 8).join(', ')}]; expected [${shape.join(', ')}]`);
    const count = shape.reduce((product, size) => product * size, 1);
    const stored = [blob.data, blob.double_data].find((numbers) => numbers !== undefined && numbers.pieces.length > 0);
    const found = stored === undefined ? 0 : countOf(stored);
    if (stored === undefined || found !== count) throw fail(`has ${found} values for its ${what}; expected ${count}`);
    return () => toFloats(stored);
  }
}

const dimsOf = ({ shape, num, channels, height, width }: BlobProto): readonly number[] => {
  if (shape?.dim !== undefined) return shape.dim;
  const old = [num, channels, height, width];
  return old.every((size) => size === undefined || size === 0) ? [] : old.map((size) => size ?? 0);
};

/** A shape without the axes of size 1 in front. */
const significant = (dims: readonly number[]): string => {
  const first = dims.findIndex((size) => size !== 1);
  return first < 0 ? '' : dims.slice(first).join();
};
