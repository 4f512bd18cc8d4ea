import { channelMean, heatmap, heatScale, type Image, type InputSpec, overlay, type Shape, toGrey, toImage } from '@featurescope/core';
import { patchAt } from '../measure.js';
import type { Projection } from '../projection.js';
import type { Study } from '../study.js';
import { boxAt } from '../windows.js';
import { levelColours } from './colours.js';
import { framed, rowsOf, stacked } from './layout.js';
import { classLegend, classShares, levelBar, signedBar } from './legend.js';
import { type Panel, panelImage, panelWidth, titleLines } from './panels.js';
import type { Seen } from './seen.js';
import { shortNumber, textImage, wrapped } from './text.js';
import { outlined, shownImage, shownMap } from './view.js';

/** All panels of the figure of one window; those of the map are left out where none is followed. */
export interface Panels {
  readonly hidden: Panel;
  readonly activity?: Panel;
  readonly projection?: Panel;
  readonly score: Panel;
  readonly classes: Panel;
  readonly attribution: Panel;
}

/** The panels of Zeiler & Fergus 2014, figure 6, and the attribution. */
export async function panelsOf(seen: Seen, study: Study): Promise<Panels> {
  const { subject, codec, labels } = seen;
  const { grid, readings, attribution } = study;
  const { map, whole } = subject;
  const shown = await shownImage(codec, seen.image);
  const width = panelWidth([shown.height, shown.width]);
  const projected = seen.projection && (await shownImage(codec, projectionImage(seen.projection, seen.spec)));
  const heat = heatmap(attribution, grid.picture);
  const shares = classShares(readings.classes, whole.class, labels);
  const colours = new Map(shares.map((share) => [share.class, share.colour]));
  const window = `window ${grid.window.join('×')}, stride ${grid.stride.join('×')}`;
  return {
    hidden: { title: `a  ${window}, where hiding costs most`, image: await hiddenImage(seen, study) },
    ...(map && {
      activity: {
        title: `b  activity of ${map.layer}, unit ${map.unit}, ${shortNumber(whole.activity)} on the whole picture`,
        image: shownMap(grid, levelColours(readings.activity)),
        key: levelBar(readings.activity, width),
      },
    }),
    ...(projected && { projection: { title: 'c  projection of that map by deconvnet', image: projected } }),
    score: {
      title: `d  ${subject.label}, ${shortNumber(whole.score)} on the whole picture`,
      image: shownMap(grid, levelColours(readings.scores)),
      key: levelBar(readings.scores, width),
    },
    classes: {
      title: 'e  most probable class',
      image: shownMap(grid, (position) => colours.get(readings.classes[position] ?? -1) ?? [0, 0, 0]),
      key: classLegend(shares, width),
    },
    attribution: {
      title: 'f  attribution: fall of the score where hidden',
      image: await shownImage(codec, overlay(toGrey(seen.image), heat)),
      key: signedBar(heatScale(attribution), width),
    },
  };
}

/** The whole figure on one sheet. */
export function figureOf(
  { input, subject }: Seen,
  { hidden, activity, projection, score, classes, attribution }: Panels,
  note: string,
): Image {
  const panels = [hidden, activity, projection, score, classes, attribution].filter((panel) => panel !== undefined);
  const lines = Math.max(...panels.map(titleLines));
  const body = rowsOf(
    panels.map((panel) => panelImage(panel, lines)),
    3,
  );
  const room = body.width - 24;
  const head = framed(textImage([...wrapped(`${input}: ${subject.label}`, room, 1), ...wrapped(note, room, 3)], room));
  return stacked([head, body], 0);
}

/** A map over the picture, with its key. */
export async function overlaid(seen: Seen, { title, image, key }: Panel): Promise<Image> {
  // Without its own colours, which would change those of the map.
  const below = await shownImage(seen.codec, toGrey(seen.image));
  return framed(panelImage({ title: title.replace(/^\w {2}/, ''), image: overlay(below, image, 0.65), ...(key ? { key } : {}) }));
}

/** The picture with the window where the score is lowest. */
async function hiddenImage({ values, shape, spec, codec }: Seen, { grid, baseline, readings }: Study): Promise<Image> {
  const lowest = readings.scores.reduce((best, score, i) => (score < (readings.scores[best] ?? 0) ? i : best), 0);
  const occluded = withPatch(values, shape, patchAt(baseline.values, shape, grid, lowest));
  return outlined(await shownImage(codec, toImage(occluded, shape, spec)), boxAt(grid, lowest), grid.picture);
}

function withPatch(values: Float32Array, [, width, channels]: Shape, { box, values: patch }: ReturnType<typeof patchAt>): Float32Array {
  const changed = values.slice();
  const row = box.width * channels;
  for (let y = 0; y < box.height; y++) changed.set(patch.subarray(y * row, (y + 1) * row), ((box.top + y) * width + box.left) * channels);
  return changed;
}

/** Signed, grey is zero, full colour at the 99.5 % quantile of what the field holds; channels in the order red, green, blue. */
export function projectionImage({ values, shape }: Projection, { preprocessing }: InputSpec): Image {
  const scale = heatScale(values.filter((value) => value !== 0)) || 1;
  const isTurned = preprocessing?.channelOrder === 'bgr' && shape[2] === 3;
  const levels = values.map((_, i) => Math.min(Math.max((values[isTurned ? i + 2 - 2 * (i % 3) : i] ?? 0) / scale, -1), 1));
  const colours = shape[2] === 1 || shape[2] === 3 ? levels : channelMean(levels, shape);
  const data = Uint8Array.from(colours, (level) => Math.round(127.5 + 127.5 * level));
  return { height: shape[0], width: shape[1], channels: shape[2] === 3 ? 3 : 1, data };
}
