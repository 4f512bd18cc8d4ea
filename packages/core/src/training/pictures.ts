import type { Preprocessing } from '../model/input-spec.js';
import { type Augmentation, augmentationOptions, drawDistortion } from './augment.js';
import type { TrainingExamples } from './examples.js';
import { imageChannels, type TrainingImages } from './images.js';
import { pixelTable } from './preprocess.js';
import { addNoise, cutOut, writeDistorted, writePicture } from './warp.js';

/** Pictures as examples; without an augmentation distorted ones are as they are. @throws FeaturescopeError when their channels do not fit the preprocessing */
export function pictureExamples(
  data: TrainingImages,
  preprocessing: Preprocessing,
  augmentation: Augmentation = augmentationOptions.parse({}),
): TrainingExamples {
  const { images, labels, classes, height, width } = data;
  const table = pixelTable(preprocessing, imageChannels(data));
  const { channels } = table;
  const length = height * width * channels;
  const picture = (index: number) => ({ images, offset: index * length, height, width });
  return {
    labels,
    classes,
    height,
    width,
    channels,
    preprocessing,
    write: (index, target, at) => writePicture(picture(index), table, target, at),
    writeDistorted(index, random, target, at) {
      const distortion = drawDistortion(augmentation, random, [height, width], channels);
      writeDistorted(picture(index), table, distortion, target, at);
      if (augmentation.cutout > 0) cutOut(target, at, [height, width, channels], distortion.hole, augmentation.cutout);
      addNoise(target, at, length, augmentation, random);
    },
  };
}
