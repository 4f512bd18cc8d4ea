import { type Drawing, strokeParts } from '@featurescope/core';
import type { StrokeChannelsOptions } from './options.js';

/** What the options ask for and a drawing does not give, in words. */
export function* withoutEffect(
  visualizer: string,
  input: string,
  drawing: Drawing,
  { parts, split, size, scales }: StrokeChannelsOptions,
): Generator<string> {
  const used = new Set(strokeParts(drawing, parts, split));
  const empty = Array.from({ length: parts }, (_, i) => i + 1).filter((part) => !used.has(part - 1));
  const count = drawing.strokes.length;
  if (empty.length > 0)
    yield `${visualizer}: ${input} has ${count} stroke${count === 1 ? '' : 's'}, so that ${empty.length === 1 ? 'part' : 'parts'} ${empty.join(', ')} of ${parts} ${empty.length === 1 ? 'is' : 'are'} empty.`;
  if (parts === 1 && split !== 'even') yield `${visualizer}: --split ${split} has no effect on a single part.`;
  const sharp = scales?.filter((scale) => scale > size) ?? [];
  if (sharp.length > 0)
    yield `${visualizer}: the drawing has no more than --size ${size} pixels to show at a resolution of ${sharp.join(', ')}.`;
}
