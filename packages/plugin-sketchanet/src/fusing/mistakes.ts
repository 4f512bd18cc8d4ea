import { contactSheet, type Drawing, filledImage, type Image } from '@featurescope/core';
import { paintStrokes } from '../picture/coloured-strokes.js';
import { stacked, textBlock } from '../picture/text.js';
import { confusionCounts, mixUps } from './confusion.js';
import type { Verdict } from './pooled.js';

const SIDE = 128;
const MOST = 24;

/** A sheet of drawings that were not recognised, one of each frequent mix-up first; undefined when there are none. */
export function mistakeSheet(verdict: Verdict, classes: readonly string[]): Image | undefined {
  const places = mistakesOf(verdict, classes.length).slice(0, MOST);
  if (places.length === 0) return undefined;
  const pictures = places.map((place) => {
    const { drawing, label } = verdict.examples[place] ?? { drawing: { strokes: [], width: 1, height: 1 }, label: 0 };
    return stacked([pictureOf(drawing), textBlock(`${classes[label]}, taken for ${classes[verdict.decided[place] ?? 0]}`, SIDE)]);
  });
  return contactSheet(pictures, { columns: 6, gap: 6, background: [226, 228, 232] });
}

/** Places of wrong decisions: one drawing of each mix-up, the most frequent first, then the others. */
export function mistakesOf(verdict: Verdict, classes: number): readonly number[] {
  const { examples, decided } = verdict;
  const groups = mixUps(confusionCounts(verdict, classes)).map(({ label, decided: taken }) =>
    examples.flatMap((example, i) => (example.label === label && decided[i] === taken ? [i] : [])),
  );
  return [...groups.flatMap(([first]) => first ?? []), ...groups.flatMap(([, ...others]) => others)];
}

function pictureOf(drawing: Drawing): Image {
  const image = filledImage([SIDE, SIDE], [255, 255, 255]);
  paintStrokes(image, drawing, () => [0, 0, 0], 2);
  return image;
}
