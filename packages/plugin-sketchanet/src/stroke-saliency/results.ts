import type { Artifact, Drawing, Model, Target } from '@featurescope/core';
import { signedStrokes } from '../picture/signed-strokes.js';
import { scoreLabel, shortNumber } from '../strokes/score.js';
import type { Gathered, GatheredStrokes } from './gather.js';
import type { SaliencyMethod } from './options.js';

/** What was found out about one drawing. */
export interface Saliency extends GatheredStrokes {
  readonly drawing: Drawing;
  readonly target: Target;
  readonly method: SaliencyMethod;
  /** [H, W, C] of the network's own size. */
  readonly attribution: Float32Array;
  /** How far integrated gradients are from adding up to the score less that of an empty canvas. */
  readonly gap?: number;
}

/** All results of one drawing: numbers first. */
export function* artifactsOf(saliency: Saliency, model: Model, input: string): Generator<Artifact> {
  const { drawing, target, method, attribution, strokes, pieces, gap } = saliency;
  const label = `${method} of the ${scoreLabel(model, target)}, ${shortNumber(target.value)} on the whole drawing${gap === undefined ? '' : `, completeness gap ${shortNumber(gap)}`}`;
  const about = { input, layer: target.layer.name, unit: target.unit };
  const { size, channels } = model.input;
  yield { ...about, kind: 'tensor', name: 'attribution', shape: [...size, channels], data: attribution, description: label };
  yield {
    ...about,
    kind: 'table',
    name: 'strokes',
    columns: ['stroke', 'sum', 'mean', 'length'],
    rows: strokes.map(({ sum, mean, length }, i) => [i + 1, sum, mean, length]),
    description: `${label}: over the ink of each stroke, counted from 1, its sum, its mean for each pixel, and the length of the stroke in units of the canvas`,
  };
  yield {
    ...about,
    kind: 'table',
    name: 'pieces',
    columns: ['piece', 'stroke', 'from', 'to', 'sum', 'mean', 'length'],
    rows: pieces.map(({ piece: { of, from, to }, sum, mean, length }, i) => [i + 1, of + 1, from, to, sum, mean, length]),
    description: `${label}: the same for the pieces of strokes, which go from one share of the length of their stroke to another`,
  };
  yield { ...about, ...tensorOf(strokes, 'sum'), name: 'sums', description: `${label}: sum over the ink of each stroke` };
  yield { ...about, ...tensorOf(pieces, 'mean'), name: 'means', description: `${label}: mean over the ink of each piece` };
  yield {
    ...about,
    kind: 'image',
    name: 'along',
    image: signedStrokes({
      drawing,
      strokes: pieces.map(({ piece }) => piece.stroke),
      values: pieces.map(({ mean }) => mean),
      caption: `${input}: ${label}. For each pixel of ink`,
      ends: ends(method),
    }),
    description: `${label}: for each pixel of ink along the strokes, red where ink speaks for it, blue where it speaks against`,
  };
  yield {
    ...about,
    kind: 'image',
    name: 'strokes',
    image: signedStrokes({
      drawing,
      strokes: drawing.strokes,
      values: strokes.map(({ sum }) => sum),
      caption: `${input}: ${label}. Sum over each stroke`,
      ends: ends(method),
      numbered: drawing.strokes,
    }),
    description: `${label}: sum over each stroke, red where the stroke speaks for it, blue where it speaks against`,
  };
}

const tensorOf = (lines: readonly Gathered[], what: 'sum' | 'mean') =>
  ({ kind: 'tensor', shape: [lines.length], data: Float32Array.from(lines, (line) => line[what]) }) as const;

/** Magnitudes have no direction to speak for or against. */
const ends = (method: SaliencyMethod) =>
  method === 'gradient' ? { high: 'matters most' } : { low: 'speaks against', high: 'speaks for it' };
