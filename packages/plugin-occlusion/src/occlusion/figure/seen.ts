import type { Image, ImageCodec, InputSpec, Shape } from '@featurescope/core';
import type { Projection } from '../projection.js';
import type { Subject } from '../subject.js';

/** What all figures of one input show. */
export interface Seen {
  /** Name of the input. */
  readonly input: string;
  /** [H, W, C] in the network's input units, and the same as a picture. */
  readonly values: Float32Array;
  readonly shape: Shape;
  readonly image: Image;
  readonly spec: InputSpec;
  readonly labels?: readonly string[] | undefined;
  readonly subject: Subject;
  /** Of the followed map. */
  readonly projection?: Projection;
  readonly codec: ImageCodec;
}
