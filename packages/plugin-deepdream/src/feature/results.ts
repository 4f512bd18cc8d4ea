import { contactSheet, type Extent, enlarge, type Image, type ImageCodec, type InputSpec, type VisualizerEvent } from '@featurescope/core';
import type { Canvas } from '../loop/canvas.js';
import { pictureOf, sheetOf } from '../loop/picture.js';
import { resample } from '../loop/resample.js';
import { seriesPlot, tensorArtifact } from '../loop/results.js';
import { scaledBy } from '../loop/scaled-by.js';
import { type Finished, meanSeries } from './finished.js';
import type { Goal, Goals } from './goals.js';

/** Sides of the sheet and of its pictures, in pixels: about how wide a sheet may be, and how small a picture can be seen. */
const SHEET_SIDE = 2048;
const SMALLEST_TILE = 48;
const VISIBLE_TILE = 96;

/** A picture as it stands on a sheet of this many. */
export function tileOf(codec: ImageCodec, image: Image, pictures: number): Promise<Image> | Image {
  const room = Math.max(SMALLEST_TILE, Math.floor(SHEET_SIDE / Math.ceil(Math.sqrt(pictures))));
  const scale = room / Math.max(image.height, image.width);
  return scale < 1 ? codec.resize(image, scaledBy([image.height, image.width], scale)) : image;
}

/** Longer side of the sheet of a batch at work, in pixels. */
const PROGRESS_SIDE = 960;
const GAP = 2;

/** Size of each picture on a sheet of pictures at work. */
const progressTile = (size: Extent, pictures: number): Extent =>
  scaledBy(size, Math.min(1, PROGRESS_SIDE / (Math.ceil(Math.sqrt(pictures)) * Math.max(...size))));

/** All pictures of a batch at work. */
export function progressSheet(pictures: Canvas, spec: InputSpec): Image {
  const [count, height, width] = pictures.shape;
  return sheetOf(resample(pictures, progressTile([height, width], count)), spec);
}

/** Size of that sheet. */
export function progressSize(size: Extent, pictures: number): Extent {
  const [height, width] = progressTile(size, pictures);
  const columns = Math.ceil(Math.sqrt(pictures));
  if (pictures === 1) return [height, width];
  return [Math.ceil(pictures / columns) * (height + GAP) + GAP, columns * (width + GAP) + GAP];
}

/** Where an artifact belongs. */
const subjectOf = ({ layer }: Goals, { unit }: Goal) => ({ layer: layer.name, ...(unit === undefined ? {} : { unit }) });

/** Number of a picture among those of one unit, as a part of a name. */
const suffix = ({ copy }: Goal): string => (copy === undefined ? '' : `-${copy}`);

/** `unit 12 of relu3_2 at (4, 7)`. */
export function nameOf({ layer, direction }: Goals, { unit, at, copy, label }: Goal): string {
  const isNumber = label === String(unit) || label === `${unit} ${copy}`;
  const named = isNumber ? '' : ` (${label})`;
  return direction ? `a direction of ${layer.name}` : `unit ${unit}${named} of ${layer.name}${at ? ` at (${at.join(', ')})` : ''}`;
}

/** Picture and tensor of one goal. */
export function* goalArtifacts(
  goals: Goals,
  goal: Goal,
  pictures: Canvas,
  n: number,
  spec: InputSpec,
  { start, end, dead }: Finished['outcomes'][number],
): Generator<VisualizerEvent> {
  const about = subjectOf(goals, goal);
  const [, height, width, channels] = pictures.shape;
  const size = height * width * channels;
  const description = dead
    ? `${nameOf(goals, goal)}: off, whatever was tried`
    : `${nameOf(goals, goal)}: activation ${start.toPrecision(3)} at the start, ${end.toPrecision(3)} at the end`;
  yield {
    type: 'artifact',
    artifact: { ...about, kind: 'image', name: `image${suffix(goal)}`, image: pictureOf(pictures, spec, n), description },
  };
  const canvas: Canvas = { shape: [1, height, width, channels], data: pictures.data.slice(n * size, (n + 1) * size) };
  yield tensorArtifact(`feature${suffix(goal)}`, { canvas }, about);
}

/** Sheet, table and plot of all pictures. */
export function* sheetArtifacts(goals: Goals, finished: Finished): Generator<VisualizerEvent> {
  const layer = { layer: goals.layer.name };
  const { outcomes } = finished;
  if (outcomes.length > 1) {
    const tiles = outcomes.map(({ tile }) => enlarge(tile, Math.max(1, Math.floor(VISIBLE_TILE / Math.max(tile.height, tile.width)))));
    const image = contactSheet(tiles, { gap: 4, labels: goals.goals.map(({ label }) => label) });
    const description = `${outcomes.length} pictures for ${goals.layer.name}, which has ${goals.layer.outputShape[2]} channels`;
    yield { type: 'artifact', artifact: { ...layer, kind: 'image', name: 'sheet', image, description } };
  }
  yield {
    type: 'artifact',
    artifact: {
      ...layer,
      kind: 'table',
      name: 'features',
      columns: ['unit', 'label', 'picture', 'start', 'activation', 'dead'],
      rows: goals.goals.map(({ unit, copy, label }, i) => {
        const { start = 0, end = 0, dead = false } = outcomes[i] ?? {};
        return [unit ?? '', label, copy ?? 1, start, end, dead];
      }),
    },
  };
  const mean = new Map([['objective', meanSeries(finished)]]);
  yield seriesPlot({ name: 'objective', title: 'Mean objective of all pictures', yLabel: 'objective' }, mean, layer);
}
