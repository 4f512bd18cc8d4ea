import { type Artifact, heatmap, overlay, toGrey, type VisualizerEvent } from '@featurescope/core';
import { uncovered } from './attribution.js';
import { figureOf, overlaid, panelsOf, projectionImage } from './figure/figure.js';
import { classShares } from './figure/legend.js';
import type { Seen } from './figure/seen.js';
import { shortNumber } from './figure/text.js';
import type { Projection } from './projection.js';
import type { FollowedMap } from './reading.js';
import type { Study } from './study.js';
import type { Subject } from './subject.js';
import { gridShape } from './windows.js';

/** What artifacts of one window are called and described by. */
export interface Named {
  readonly input: string;
  readonly subject: Subject;
  readonly labels?: readonly string[] | undefined;
  /** Goes behind the names where there are several windows: `-32`. */
  readonly suffix: string;
}

const artifact = (given: Artifact): VisualizerEvent => ({ type: 'artifact', artifact: given });

/** The numbers of one window, before anything is done for pictures. */
export function* numbersOf({ input, subject, labels, suffix }: Named, study: Study): Generator<VisualizerEvent> {
  const { grid, readings, attribution, refinement } = study;
  const { layer, unit, map, whole } = subject;
  const how = howOf(study);
  const tensor = (name: string, shape: readonly number[], data: Float32Array, description: string, of: object = {}): VisualizerEvent =>
    artifact({ kind: 'tensor', name: `${name}${suffix}`, input, ...of, shape, data, description });
  const ofScore = { layer, unit };
  const fall = `${subject.label}: mean of its fall over the windows that cover a pixel, ${how}`;
  yield tensor('attribution', grid.picture, attribution, fall, ofScore);
  const shape = gridShape(grid);
  yield tensor('score-map', shape, readings.scores, `${subject.label} (${shortNumber(whole.score)} on the whole picture), ${how}`, ofScore);
  if (map) {
    const active = `sum over ${map.layer}, unit ${map.unit}, its most active map (${shortNumber(whole.activity)} on the whole picture), ${how}`;
    yield tensor('activity-map', shape, readings.activity, active, map);
  }
  yield tensor('class-map', shape, readings.classes, `most probable class, from 0, ${how}`);
  const shares = classShares(readings.classes, whole.class, labels);
  yield artifact({
    kind: 'table',
    name: `classes${suffix}`,
    input,
    columns: ['class', 'label', 'windows'],
    rows: shares.map(({ class: index, label, positions }) => [index, label, positions]),
    description: 'legend of the class map: the class of the whole picture, then the others by the number of windows that lead to them',
  });
  if (!refinement) return;
  const computed = Float32Array.from(readings.computed);
  yield tensor('computed-map', shape, computed, `1 where a pass was made, 0 where values are interpolated: ${savedText(study)}`);
  const metric = (series: string, value: number): VisualizerEvent => ({
    type: 'metric',
    series: `${series}${suffix}`,
    step: 0,
    value,
    input,
  });
  yield metric('windows', refinement.positions);
  yield metric('windows-computed', refinement.computed);
  yield metric('refine-error-mean', refinement.meanError);
  yield metric('refine-error-max', refinement.largestError);
}

/** The pictures of one window. */
export async function* picturesOf({ input, subject, suffix }: Named, seen: Seen, study: Study): AsyncGenerator<VisualizerEvent> {
  const { layer, unit, map } = subject;
  const panels = await panelsOf(seen, study);
  const how = howOf(study);
  const image = (name: string, made: Awaited<ReturnType<typeof overlaid>>, description: string, of: object = {}): VisualizerEvent =>
    artifact({ kind: 'image', name: `${name}${suffix}`, input, ...of, image: made, description });
  const figure = figureOf(seen, panels, how);
  yield image('figure', figure, `${subject.label}: the figure of Zeiler & Fergus 2014 (figure 6), ${how}`);
  const heat = heatmap(study.attribution, study.grid.picture);
  const fall = `${subject.label}: red where hiding lowers it, blue where hiding raises it, ${how}`;
  yield image('attribution', overlay(toGrey(seen.image), heat), fall, { layer, unit });
  yield image('score-map', await overlaid(seen, panels.score), `${subject.label} with the window there, ${how}`, { layer, unit });
  if (panels.activity && map)
    yield image('activity-map', await overlaid(seen, panels.activity), `activity of ${map.layer}, unit ${map.unit}, ${how}`, map);
  yield image('class-map', await overlaid(seen, panels.classes), `most probable class with the window there, ${how}`);
}

/** The projection of a map, in numbers and as a picture. */
export function* projectionEvents({ input, spec }: Seen, map: FollowedMap, projection: Projection): Generator<VisualizerEvent> {
  const description = `${map.layer}, unit ${map.unit}, strongest position on the whole picture, carried down by deconvnet`;
  const about = { name: 'projection', input, ...map, description };
  yield artifact({ ...about, kind: 'tensor', shape: projection.shape, data: projection.values });
  yield artifact({ ...about, kind: 'image', image: projectionImage(projection, spec) });
}

/** The mean attribution of several windows. */
export function* meanEvents(
  { input, subject }: Named,
  seen: Seen,
  mean: Float32Array,
  studies: readonly Study[],
): Generator<VisualizerEvent> {
  const { layer, unit } = subject;
  const size = [seen.shape[0], seen.shape[1]] as const;
  const windows = studies.map(({ grid }) => grid.window.join('×')).join(', ');
  const description = `${subject.label}: mean of the attributions of the windows ${windows}`;
  yield artifact({ kind: 'tensor', name: 'attribution', input, layer, unit, shape: size, data: mean, description });
  yield artifact({
    kind: 'image',
    name: 'attribution',
    input,
    layer,
    unit,
    image: overlay(toGrey(seen.image), heatmap(mean, size)),
    description,
  });
}

/** Window, stride, baseline and what was left out, in words. */
function howOf({ grid, baseline, ...study }: Study): string {
  const gaps = uncovered(grid);
  const parts = [
    `window ${grid.window.join('×')}`,
    `stride ${grid.stride.join('×')}`,
    `baseline ${baseline.label}`,
    ...(gaps > 0 ? [`${Math.round(100 * gaps)} % of the pixels never covered`] : []),
    ...(study.refinement ? [savedText(study)] : []),
  ];
  return parts.join(', ');
}

function savedText({ refinement }: Pick<Study, 'refinement'>): string {
  if (!refinement) return 'all windows computed';
  const { computed, positions, compared, meanError, largestError } = refinement;
  const error =
    compared === 0
      ? 'no window between them needed one'
      : `at ${compared} refined windows interpolation was off by ${shortNumber(meanError)} on average, ${shortNumber(largestError)} at most`;
  return `${computed} of ${positions} windows computed, ${error}`;
}
