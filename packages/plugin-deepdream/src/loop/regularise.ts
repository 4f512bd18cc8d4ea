import type { Regulariser } from '../regularisers/regulariser.js';
import { type Canvas, single } from './canvas.js';
import type { Workspace } from './workspace.js';

/** Applies regularisers one after the other, in place, to each picture of a canvas by itself. */
export function regularise(
  canvas: Canvas,
  gradient: Canvas,
  regularisers: readonly Regulariser[],
  step: readonly number[],
  space: Workspace,
): void {
  for (let n = 0; n < canvas.shape[0]; n++) {
    const picture = single(canvas, n);
    const input = { gradient: single(gradient, n), step, space };
    for (const one of regularisers) one.change(picture, input);
  }
}
