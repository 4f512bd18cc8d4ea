import {
  addNoise,
  drawingValues,
  type InputSpec,
  type Preprocessing,
  type StrokePreprocessing,
  strokeChannelCount,
  type TrainingExamples,
} from '@featurescope/core';
import { type AugmentOptions, augmentDrawing } from '../augmentation/augment.js';
import type { Collection } from './collection.js';

/** How drawings become inputs. */
export interface DrawingFeed {
  /** Side of the input in pixels. */
  readonly size: number;
  /** Value of full ink; that of the paper is 0. */
  readonly ink: number;
  readonly strokes: StrokePreprocessing;
}

/** What is done to a drawing each time it is learned from. */
export interface DrawingAugmentation extends Omit<AugmentOptions, 'remove'> {
  /** Shares of strokes that are removed, of which one is drawn each time. */
  readonly removals: readonly number[];
  /** Deviation of the noise, as a part of the ink. */
  readonly noise: number;
}

/** What a network that is fed so says about its input. */
export function preprocessingOf({ ink, strokes }: DrawingFeed): Preprocessing {
  const channels = strokeChannelCount(strokes);
  const each = (value: number): readonly number[] => Array.from({ length: channels }, () => value);
  return { channelOrder: 'grey', scale: ink / 255, mean: each(0), std: each(1), invert: true, strokes };
}

/** Drawings as examples; without an augmentation distorted ones are as they are. */
export function drawingExamples(
  { classes, examples }: Collection,
  feed: DrawingFeed,
  augmentation?: DrawingAugmentation,
): TrainingExamples {
  const { size } = feed;
  const preprocessing = preprocessingOf(feed);
  const channels = strokeChannelCount(feed.strokes);
  const spec: InputSpec = { size: [size, size], channels, fixedSize: true, preprocessing };
  const drawingAt = (index: number) => examples[index]?.drawing ?? { strokes: [], width: 1, height: 1 };
  return {
    labels: Int32Array.from(examples, ({ label }) => label),
    classes,
    height: size,
    width: size,
    channels,
    preprocessing,
    write: (index, target, at) => target.set(drawingValues(drawingAt(index), spec).data, at),
    writeDistorted(index, random, target, at) {
      const drawing = drawingAt(index);
      if (!augmentation) return target.set(drawingValues(drawing, spec).data, at);
      const remove = augmentation.removals[random.integer(0, augmentation.removals.length - 1)] ?? 0;
      const { drawing: variant } = augmentDrawing(drawing, { ...augmentation, remove }, random);
      target.set(drawingValues(variant, spec).data, at);
      addNoise(target, at, size * size * channels, { noise: augmentation.noise * feed.ink }, random);
    },
  };
}
