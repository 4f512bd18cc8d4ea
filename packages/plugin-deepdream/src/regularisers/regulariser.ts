import type { Canvas } from '../loop/canvas.js';
import type { Workspace } from '../loop/workspace.js';

/** What a regulariser goes by besides the picture. */
export interface RegulariserInput {
  /** ∂J/∂x of this step, shape of the picture. */
  readonly gradient: Canvas;
  /** Step size per channel, in input units. */
  readonly step: readonly number[];
  /** For canvases that are not needed beyond the call. */
  readonly space: Workspace;
}

/** Changes a picture after a step of ascent. */
export interface Regulariser {
  readonly name: string;
  /** Applied after every n-th iteration. */
  readonly every: number;
  /** Changes a canvas of one picture in place. A plain loop takes less than getting the values in and out of tensors. */
  change(picture: Canvas, input: RegulariserInput): void;
}
