import type { StrokeSplit } from '../drawing/parts.js';
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
  /** Of a network that was trained on drawings: how it sees strokes. */
  readonly strokes?: StrokePreprocessing;
}

/** How a drawing becomes the channels of a network: ink is 255 on 0 before `scale`, `mean` and `std`. */
export interface StrokePreprocessing {
  /** Side of the square in pixels that holds the whole drawing, of whose middle the network sees its size. Left out: that size. */
  readonly canvas?: number;
  /** In pixels of that square. */
  readonly penWidth: number;
  /** k parts in the order of drawing, which are k(k+1)/2 channels; 1 for all strokes in one channel. */
  readonly parts: number;
  readonly split: StrokeSplit;
  /**
   * The square is scaled down to this side and up again. Left out: it is not. Of several, each has channels of its own, one scale
   * after the other.
   */
  readonly resolution?: number | readonly number[];
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
