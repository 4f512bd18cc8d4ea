import type { Extent } from '../network/layer.js';

/** How 8-bit pixels become the numbers that a network takes: (pixel · scale − mean) / std, per channel. */
export interface Preprocessing {
  /** Order of the channels the network expects; `grey` for one channel. */
  readonly channelOrder: 'rgb' | 'bgr' | 'grey';
  /** Factor on 0…255 pixel values, before the mean. */
  readonly scale: number;
  /** In the network's channel order, after `scale`. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Shorter side after scaling, before the centre crop; left out: the picture is scaled to the network's size. */
  readonly resizeShortSide?: number;
  /** White strokes on black: pixel values are inverted when a picture is dark on light. */
  readonly invert?: boolean;
}

/** What a network takes as input. */
export interface InputSpec {
  /** Recommended height and width. */
  readonly size: Extent;
  readonly channels: number;
  /** True when no other size can be fed to the whole network. */
  readonly fixedSize: boolean;
  /** Left out for a bare model file: pictures are fed as RGB 0…255 and nothing is clamped. */
  readonly preprocessing?: Preprocessing;
}
