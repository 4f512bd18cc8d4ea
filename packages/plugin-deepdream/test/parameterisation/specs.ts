import type { InputSpec } from '@featurescope/core';

/** Colours as ImageNet networks take them. */
export const RGB: InputSpec = {
  size: [224, 224],
  channels: 3,
  fixedSize: false,
  preprocessing: { channelOrder: 'rgb', scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
};
/** The same colours in the order of Caffe. */
export const BGR: InputSpec = {
  ...RGB,
  preprocessing: { channelOrder: 'bgr', scale: 1, mean: [104, 117, 123], std: [1, 1, 1] },
};
export const GREY: InputSpec = {
  ...RGB,
  channels: 1,
  preprocessing: { channelOrder: 'grey', scale: 1, mean: [0], std: [-1] },
};
/** No preprocessing is known. */
export const bare = (channels: number): InputSpec => ({ size: [32, 32], channels, fixedSize: false });
