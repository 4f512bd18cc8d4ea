import {
  type Drawing,
  defaultPenWidth,
  defineVisualizer,
  type Extent,
  type Image,
  type Random,
  type RunContext,
  type VisualizerEvent,
} from '@featurescope/core';
import { nextFrame } from '@tensorflow/tfjs-core';
import { augmentDrawing, type Variant } from '../augmentation/augment.js';
import { withNoise } from '../augmentation/noise.js';
import { removedStrokes } from '../augmentation/remove-strokes.js';
import { drawingsOf } from '../drawings-of.js';
import { drawingsJson } from './json.js';
import { type AugmentationsOptions, augmentationsOptions } from './options.js';
import { originalPicture, variantPicture, variantSheet } from './sheet.js';
import { removalWithoutEffect, withoutEffect } from './without-effect.js';

const NAME = 'augmentations';

/** Variants of drawings as Sketch-a-Net is trained on. */
export const augmentations = defineVisualizer({
  name: NAME,
  summary: 'variants of a drawing for training: strokes removed, deformed, mirrored, turned, shifted, noisy',
  citation: {
    authors: 'Q. Yu, Y. Yang, F. Liu, Y.-Z. Song, T. Xiang, T. M. Hospedales',
    title: 'Sketch-a-Net: A Deep Neural Network that Beats Humans',
    year: 2017,
    url: 'https://doi.org/10.1007/s11263-016-0932-3',
  },
  options: augmentationsOptions,
  async *run(context: RunContext, options: AugmentationsOptions): AsyncGenerator<VisualizerEvent> {
    const drawings = await drawingsOf(context, NAME);
    for (const message of withoutEffect(options)) yield { type: 'warning', message };
    const total = drawings.length * options.count;
    let done = 0;
    for (const { input, drawing } of drawings) {
      context.signal.throwIfAborted();
      for (const message of removalWithoutEffect(NAME, input.name, drawing, options.remove)) yield { type: 'warning', message };
      const random = context.random.fork(input.name);
      const variants: Variant[] = [];
      const pictures: Image[] = [firstPicture(drawing, options)];
      for (let i = 0; i < options.count; i++) {
        const own = random.fork(i);
        const variant = augmentDrawing(drawing, options, own);
        variants.push(variant);
        pictures.push(pictureOf(variant, drawing, options, own.fork('noise')));
        yield { type: 'progress', done: ++done, total, label: input.name };
        await nextFrame();
        context.signal.throwIfAborted();
      }
      const image = variantSheet(pictures);
      const description = 'the drawing with what is removed in red; variants in black over it in pale blue';
      yield { type: 'artifact', artifact: { kind: 'image', name: NAME, input: input.name, image, description } };
      const value = drawingsJson(drawing, variants);
      yield {
        type: 'artifact',
        artifact: { kind: 'json', name: 'drawings', input: input.name, value, description: 'strokes of each variant' },
      };
    }
  },
});

function settings({ size, penWidth }: AugmentationsOptions): { readonly extent: Extent; readonly pen: number } {
  const extent: Extent = [size, size];
  return { extent, pen: penWidth ?? defaultPenWidth(extent) };
}

function firstPicture(drawing: Drawing, options: AugmentationsOptions): Image {
  const { extent, pen } = settings(options);
  return originalPicture(drawing, removedStrokes(drawing, { ...options, ratio: options.remove }), extent, pen);
}

function pictureOf(variant: Variant, drawing: Drawing, options: AugmentationsOptions, random: Random): Image {
  const { extent, pen } = settings(options);
  const { noise } = options;
  return variantPicture(variant, drawing, extent, pen, noise > 0 ? (ink) => withNoise(ink, noise, random) : undefined);
}
