import type { Box } from '../../image/pixels.js';
import type { LayerName, Shape } from '../../network/layer.js';

/** A part of a picture that is replaced. */
export interface Patch {
  /** Inside the picture, in pixels. */
  readonly box: Box;
  /** The new values, [height, width, C] in the network's input units. */
  readonly values: Float32Array;
}

/** What is wanted of a changed picture: the activation of a layer, or some of its channels. */
export interface PatchOutput {
  readonly layer: LayerName;
  /** Counted from 0; left out: all of them. */
  readonly channels?: readonly number[];
}

/** Passes of one picture whose parts are replaced in turn: the passes of an occlusion study. */
export interface PatchedPasses {
  /** How the passes are made: `incremental` ones compute only what a patch changes, `batched` ones whole pictures. The results are the same. */
  readonly manner: 'incremental' | 'batched';
  /** Shape of each output for one patch. */
  readonly shapes: readonly Shape[];
  /** Each output for each patch by itself, [patches, H, W, channels], in the order of the outputs. */
  forward(patches: readonly Patch[], signal?: AbortSignal): Promise<readonly Float32Array[]>;
  dispose(): void;
}
