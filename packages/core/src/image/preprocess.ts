import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { InputSpec, Preprocessing } from '../model/input-spec.js';
import type { Shape } from '../network/layer.js';
import { stretchedImage } from './display.js';
import { pictureDoesNotFit } from './errors.js';
import type { Image } from './image.js';
import { toByte, toGrey, toRgb } from './pixels.js';

/** Smallest and largest value that a pixel can have in the network's input units, per channel. */
export interface InputRange {
  readonly min: readonly number[];
  readonly max: readonly number[];
}

/** Input units of 8-bit values 0 and 255; undefined when the preprocessing is not known. */
export function inputRange({ preprocessing, channels }: InputSpec): InputRange | undefined {
  if (!preprocessing) return undefined;
  const at = (pixel: number): number[] => Array.from({ length: channels }, (_, c) => toUnits(pixel, preprocessing, c));
  const [low, high] = [at(0), at(255)];
  return { min: low.map((value, c) => Math.min(value, high[c] ?? value)), max: high.map((value, c) => Math.max(value, low[c] ?? value)) };
}

const toUnits = (pixel: number, { scale, mean, std }: Preprocessing, channel: number): number =>
  (pixel * scale - (mean[channel] ?? 0)) / (std[channel] ?? 1);

/**
 * 8-bit pixels in the network's input units, [H, W, C] in C order. Where the network sees light on dark, a picture that is dark on light is
 * inverted: one that `isDark` says so of, left out one whose mean is above the middle.
 * @throws FeaturescopeError when the network takes neither 1 nor 3 channels
 */
export function toInputUnits(image: Image, spec: InputSpec, isDark?: boolean): Float32Array {
  const { channels, preprocessing } = spec;
  if (channels !== 1 && channels !== 3) throw pictureDoesNotFit(channels);
  const pixels = inChannels(image, channels, preprocessing);
  const dark = preprocessing?.invert === true && (isDark ?? isDarkOnLight(pixels));
  const swap = preprocessing?.channelOrder === 'bgr' && channels === 3;
  const units = new Float32Array(pixels.length);
  for (let c = 0; c < channels; c++) {
    const ofByte = LEVELS.map((level) => {
      const pixel = dark ? 255 - level : level;
      return preprocessing ? toUnits(pixel, preprocessing, c) : pixel;
    });
    const shift = swap ? 2 - 2 * c : 0;
    for (let i = c; i < units.length; i += channels) units[i] = ofByte[pixels[i + shift] ?? 0] ?? 0;
  }
  return units;
}

/** All values of an 8-bit sample. */
const LEVELS = Float32Array.from({ length: 256 }, (_, level) => level);

/** A picture as a tensor [1, H, W, C] in the network's input units; the caller disposes it. */
export const toTensor = (image: Image, spec: InputSpec): Tensor4D =>
  tf.tensor4d(toInputUnits(image, spec), [1, image.height, image.width, spec.channels]);

/**
 * The picture of values [H, W, C] in the network's input units, rounded and clamped to 8 bits. Where the preprocessing is not
 * known, or the channels are no colours, the values are stretched to the full range instead. Pictures that were
 * inverted for the network stay inverted.
 */
export function toImage(values: ArrayLike<number>, shape: Shape, { preprocessing }: Pick<InputSpec, 'preprocessing'>): Image {
  const channels = shape[2];
  if (!preprocessing || (channels !== 1 && channels !== 3)) return stretchedImage(values, shape);
  const swap = preprocessing.channelOrder === 'bgr' && channels === 3;
  const { scale } = preprocessing;
  const data = new Uint8Array(shape[0] * shape[1] * channels);
  for (let c = 0; c < channels; c++) {
    const from = swap ? 2 - c : c;
    const mean = preprocessing.mean[from] ?? 0;
    const std = preprocessing.std[from] ?? 1;
    for (let i = 0; i < data.length; i += channels) data[i + c] = toByte(((values[i + from] ?? 0) * std + mean) / scale);
  }
  return { width: shape[1], height: shape[0], channels, data };
}

/** Pixels in the number of channels that the network expects, without colour where it was trained on grey. */
function inChannels(image: Image, channels: 1 | 3, preprocessing: Preprocessing | undefined): Uint8Array {
  const shown = channels === 1 || preprocessing?.channelOrder === 'grey' ? toGrey(image) : image;
  return (channels === 1 ? shown : toRgb(shown)).data;
}

const isDarkOnLight = (data: Uint8Array): boolean => data.reduce((sum, value) => sum + value, 0) > 127.5 * data.length;
