import { drawText, enlarge, filledImage, GLYPH_HEIGHT, type Image } from '@featurescope/core';
import { paintStrokes } from '../picture/coloured-strokes.js';
import type { Colour } from '../picture/order-colours.js';
import { stacked, textBlock } from '../picture/text.js';
import { CLASS_COLOURS, rgbOf } from './colours.js';
import { type Course, leadingClasses, topAt } from './course.js';
import type { Decision } from './setting.js';

const WHITE: Colour = [255, 255, 255];
const DRAWN: Colour = [60, 60, 66];
const NEW: Colour = [220, 40, 30];
const OTHER: Colour = [150, 152, 160];
const TRACK: Colour = [238, 239, 242];

/** Pixels: the drawing, and the bars of a model beside it. */
const SIDE = 400;
const PANEL = 400;
const ROW = 24;
const NAME_WIDTH = 170;
const BAR_WIDTH = 160;
const PEN = 4;
/** Milliseconds for which the finished drawing stays. */
const PAUSE = 2000;

/** One picture for each step, and the last one again for a pause. @param titles of the models that are shown, by their names */
export function framesOf(course: Course, titles: ReadonlyMap<string, string>, delay: number): readonly Image[] {
  const leading = leadingClasses(course.decisions);
  const colourOf = (index: number): Colour => {
    const place = leading.indexOf(index);
    return place < 0 ? OTHER : rgbOf(CLASS_COLOURS[place] ?? CLASS_COLOURS[0]);
  };
  const shown = course.decisions.filter(({ model }) => titles.has(model));
  const frames = course.steps.map((_, step) => {
    const panels = shown.map((decision) => panel(decision, step, titles.get(decision.model) ?? decision.model, course.classes, colourOf));
    return beside(picture(course, step), stacked(panels));
  });
  const last = frames.at(-1);
  return last ? [...frames, ...Array.from({ length: Math.ceil(PAUSE / delay) }, () => last)] : frames;
}

/** What is drawn so far, the newest part in red, with a line of text. */
function picture({ name, drawing, steps }: Course, step: number): Image {
  const image = filledImage([SIDE, SIDE], WHITE);
  const now = steps[step];
  if (now) {
    paintStrokes(image, now.drawing, () => DRAWN, PEN);
    paintStrokes(image, { ...drawing, strokes: now.added }, () => NEW, PEN);
  }
  const share = `${Math.round(100 * (now?.fraction ?? 1))}% drawn, step ${step + 1}/${steps.length}`;
  return stacked([image, textBlock(name, SIDE), textBlock(share, SIDE, 3)]);
}

/** The most likely classes of a model after a step, as bars. */
function panel(decision: Decision, step: number, title: string, classes: readonly string[], colourOf: (index: number) => Colour): Image {
  const rows = topAt(decision, step).map(({ class: index, probability }) => {
    const row = filledImage([ROW, PANEL], WHITE);
    write(row, classes[index] ?? String(index), 0, NAME_WIDTH - 8);
    fill(row, NAME_WIDTH, BAR_WIDTH, TRACK);
    fill(row, NAME_WIDTH, Math.round(BAR_WIDTH * probability), colourOf(index));
    write(row, `${Math.round(100 * probability)}%`, NAME_WIDTH + BAR_WIDTH + 8, PANEL - NAME_WIDTH - BAR_WIDTH - 8);
    return row;
  });
  return stacked([filledImage([8, PANEL], WHITE), textBlock(title, PANEL, 3), ...rows]);
}

/** Letters of two pixels a dot, in the middle of a row. */
function write(row: Image, text: string, left: number, width: number): void {
  const small = filledImage([GLYPH_HEIGHT, Math.floor(width / 2)], WHITE);
  drawText(small, text, 0, 0, small.width, 40);
  paste(row, enlarge(small, 2), Math.floor((ROW - 2 * GLYPH_HEIGHT) / 2), left);
}

function fill({ width, data }: Image, left: number, length: number, colour: Colour): void {
  for (let y = 4; y < ROW - 4; y++)
    for (let x = left; x < left + length; x++) for (let c = 0; c < 3; c++) data[(y * width + x) * 3 + c] = colour[c] ?? 0;
}

function beside(left: Image, right: Image): Image {
  const image = filledImage([Math.max(left.height, right.height), left.width + right.width + 3 * GAP], WHITE);
  paste(image, left, 0, GAP);
  paste(image, right, 0, left.width + 2 * GAP);
  return image;
}

const GAP = 10;

function paste(target: Image, image: Image, top: number, left: number): void {
  for (let y = 0; y < image.height; y++)
    target.data.set(image.data.subarray(y * image.width * 3, (y + 1) * image.width * 3), ((top + y) * target.width + left) * 3);
}
