import type { Extent, RunContext } from '@featurescope/core';
import { guideDoesNotFit } from '../errors.js';
import type { Canvas } from '../loop/canvas.js';
import { scaledBy } from '../loop/scaled-by.js';
import { canvasOf } from '../loop/start.js';
import type { DreamOptions } from './options.js';

/** The guide in input units: of the size of the picture for `dot`, for `max` at its own size, though not longer than the picture. */
export async function guideCanvas(
  context: RunContext,
  { guide, guideMatch }: DreamOptions,
  picture: Extent,
  visualizer: string,
): Promise<Canvas | undefined> {
  if (guide === undefined) return undefined;
  const input = await context.loadInput(guide);
  if (guideMatch === 'max') {
    const scale = Math.min(1, Math.max(...picture) / Math.max(...input.size));
    return canvasOf(input, context.model.input, scaledBy(input.size, scale));
  }
  if (input.raw && (input.size[0] !== picture[0] || input.size[1] !== picture[1])) throw guideDoesNotFit(visualizer, input.size, picture);
  return canvasOf(input, context.model.input, picture);
}
