import { defaultPenWidth, type ExampleSource } from '@featurescope/core';
import { collectDrawings, splitCollection } from './collection.js';
import { type DrawingFeed, drawingExamples } from './drawing-examples.js';
import { noSuchFold } from './errors.js';
import { type DrawingSourceOptions, drawingSourceOptions } from './options.js';

/** The canvas of the paper over its input. */
const CANVAS = 256 / 225;

/** How a training's options say that drawings are fed. */
export function feedOf({
  size,
  ink,
  canvas = Math.round(size * CANVAS),
  penWidth,
  parts,
  split,
  resolution,
}: DrawingSourceOptions): DrawingFeed {
  const strokes = { canvas, penWidth: penWidth ?? defaultPenWidth([canvas, canvas]), parts, split };
  return { size, ink, strokes: { ...strokes, ...(resolution !== undefined && { resolution }) } };
}

/** Drawings as strokes, for networks that see stroke order and scale (Yu et al., BMVC 2015). */
export const drawingSource: ExampleSource = {
  kind: 'drawings',
  summary: 'drawings as strokes, in stroke-order channels',
  options: drawingSourceOptions,
  async load(given, { openDataset }) {
    const options = given as DrawingSourceOptions;
    if (options.fold > options.folds) throw noSuchFold(options.fold, options.folds);
    const { training, heldOut } = splitCollection(await collectDrawings(await openDataset(options.sources), options), options);
    const feed = feedOf(options);
    return { training: drawingExamples(training, feed, options.augmentation), measured: drawingExamples(heldOut, feed) };
  },
};
