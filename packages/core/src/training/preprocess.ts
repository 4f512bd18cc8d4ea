import type { Preprocessing } from '../model/input-spec.js';
import { unfitChannels } from './errors.js';

/** Turns 8-bit samples into network inputs by looking them up: one row of 256 values for each channel of the network. */
export interface PixelTable {
  readonly channels: number;
  /** [channel, pixel value]. */
  readonly values: Float32Array;
  /** Which channel of the picture feeds each channel of the network. */
  readonly sources: readonly number[];
}

/** (pixel · scale − mean) / std for every channel and pixel value. @throws FeaturescopeError when the pictures' channels do not fit */
export function pixelTable(preprocessing: Preprocessing, pictureChannels: number): PixelTable {
  const { channelOrder, scale, mean, std, invert } = preprocessing;
  const sources = channelOrder === 'grey' ? [0] : channelOrder === 'bgr' ? [2, 1, 0] : [0, 1, 2];
  if (sources.length !== pictureChannels) throw unfitChannels(channelOrder, pictureChannels);
  const values = new Float32Array(sources.length * 256);
  for (let c = 0; c < sources.length; c++)
    for (let p = 0; p < 256; p++) values[c * 256 + p] = ((invert ? 255 - p : p) * scale - (mean[c] ?? 0)) / (std[c] ?? 1);
  return { channels: sources.length, values, sources };
}
