import type { Drawing, InputSpec } from '@featurescope/core';
import { piecesOf } from '../strokes/pieces.js';
import { partsSeen } from '../strokes/shown.js';
import type { StrokeOcclusionOptions } from './options.js';
import type { Study } from './study.js';

/** Options that were given without effect, in words. */
export function* withoutEffect(visualizer: string, { dealing }: StrokeOcclusionOptions, spec: InputSpec): Generator<string> {
  if (dealing && partsSeen(spec) === 1) yield `${visualizer}: --dealing has no effect on a network that sees all strokes in one picture.`;
}

/** What there is to say about a drawing, in words. */
export function* aboutDrawing(visualizer: string, input: string, drawing: Drawing, { pieces }: StrokeOcclusionOptions): Generator<string> {
  const count = drawing.strokes.length;
  if (pieces !== undefined && piecesOf(drawing, pieces).length === count)
    yield `${visualizer}: --pieces ${pieces} cuts nothing of ${input}: none of its ${count} strokes is longer than that part of all.`;
  if (pieces === undefined && count === 1)
    yield `${visualizer}: ${input} is a single stroke, without which nothing is left; --pieces 12 shows which parts of it count.`;
}

/** Pieces that leave no gap that could be seen, in words. */
export function* unseenGaps(visualizer: string, input: string, { pieces, whole }: Study): Generator<string> {
  const unseen = pieces?.missing.filter(({ reading }) => reading === whole).length ?? 0;
  if (unseen > 0)
    yield `${visualizer}: ${unseen} of ${pieces?.missing.length} pieces of ${input} leave no gap, which the pen or other strokes cover; smaller --pieces makes longer ones.`;
}
