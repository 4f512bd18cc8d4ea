import type { Drawing, Input, RunContext } from '@featurescope/core';
import { noDrawing } from './errors.js';

/** The strokes of an input. @throws FeaturescopeError when it is a picture or an array */
export function drawingOf(input: Input, visualizer: string): Promise<Drawing> {
  if (!input.drawing) throw noDrawing(visualizer, input.source);
  return input.drawing();
}

/** The strokes of all inputs, read before any work so that a wrong one is found at once. */
export async function drawingsOf(
  { inputs }: Pick<RunContext, 'inputs'>,
  visualizer: string,
): Promise<readonly { readonly input: Input; readonly drawing: Drawing }[]> {
  return Promise.all(inputs.map(async (input) => ({ input, drawing: await drawingOf(input, visualizer) })));
}
