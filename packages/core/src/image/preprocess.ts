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

const toPixel = (value: number, { scale, mean, std }: Preprocessing, channel: number): number =>
  (value * (std[channel] ?? 1) + (mean[channel] ?? 0)) / scale;

/** 8-bit pixels in the network's input units, [H, W, C] in C order. @throws FeaturescopeError when the network takes neither 1 nor 3 channels */
export function toInputUnits(image: Image, spec: InputSpec): Float32Array {
  const { channels, preprocessing } = spec;
  if (channels !== 1 && channels !== 3) throw pictureDoesNotFit(channels);
  const oriented = arranged(image, channels, preprocessing);
  const units = new Float32Array(oriented.length);
  for (let i = 0; i < units.length; i++) {
    const pixel = oriented[i] ?? 0;
    units[i] = preprocessing ? toUnits(pixel, preprocessing, i % channels) : pixel;
  }
  return units;
}

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
  const data = new Uint8Array(shape[0] * shape[1] * channels);
  for (let c = 0; c < channels; c++) {
    const from = swap ? 2 - c : c;
    for (let i = 0; i < data.length; i += channels) data[i + c] = toByte(toPixel(values[i + from] ?? 0, preprocessing, from));
  }
  return { width: shape[1], height: shape[0], channels, data };
}

/** Pixels in the number, order and polarity of channels that the network expects. */
function arranged(image: Image, channels: 1 | 3, preprocessing: Preprocessing | undefined): Uint8Array {
  const grey = channels === 1 || preprocessing?.channelOrder === 'grey';
  const { data } = grey && channels === 3 ? toRgb(toGrey(image)) : grey ? toGrey(image) : toRgb(image);
  const dark = preprocessing?.invert === true && isDarkOnLight(data);
  const swap = preprocessing?.channelOrder === 'bgr' && channels === 3;
  return Uint8Array.from(data, (_, i) => {
    const value = data[swap ? i - (i % 3) + 2 - (i % 3) : i] ?? 0;
    return dark ? 255 - value : value;
  });
}

const isDarkOnLight = (data: Uint8Array): boolean => data.reduce((sum, value) => sum + value, 0) > 127.5 * data.length;
