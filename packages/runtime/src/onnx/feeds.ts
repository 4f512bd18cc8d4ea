import { checkSeed, type SeedForm, type SeedTerm, type Shape, type UnitMasks, unitMasks } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { PORTS, type SeedSpec } from './graph/pass-spec.js';
import type { Numbers } from './session.js';
import { numbersOf } from './tensors.js';

/** The structure of a seed term. */
export function seedSpec({ layer, form, units, mean = false, weight }: SeedTerm): SeedSpec {
  const selection = units === undefined ? 'all' : units.some((unit) => unit.at !== undefined) ? 'positions' : 'channels';
  const guide = guideOf(form)?.shape;
  return { layer, form: formName(form), selection, mean, ...(guide && { guide }), weighted: weight !== 0 };
}

function formName(form: SeedForm): SeedSpec['form'] {
  if (typeof form === 'string') return form;
  if ('dot' in form) return 'dot';
  if ('distance' in form) return form.relative ? 'relativeDistance' : 'distance';
  if ('match' in form) return 'match';
  return 'direction' in form ? 'direction' : 'crossEntropy';
}

/** The tensor that a form compares the activation with. */
function guideOf(form: SeedForm): Tensor4D | undefined {
  if (typeof form === 'string') return undefined;
  if ('dot' in form) return form.dot;
  if ('distance' in form) return form.distance;
  return 'match' in form ? form.match : undefined;
}

/** What the derivative of a form is a multiple of in the graph. */
const slopeOf = (form: SeedForm): number =>
  form === 'squares' || form === 'positiveSquares' || (typeof form === 'object' && 'distance' in form) ? 2 : 1;

/**
 * The numbers of a seed term, as inputs of a graph.
 * @throws FeaturescopeError when the term does not fit the layer
 */
export async function seedFeeds(term: SeedTerm, index: number, batch: number, shape: Shape): Promise<[string, Numbers][]> {
  checkSeed(term, [batch, ...shape]);
  const { form, weight, units } = term;
  const masks = units && unitMasks(units, [batch, ...shape]);
  const counts = masks?.counts ?? wholeCounts(form, batch, shape);
  const perPicture = (value: (count: number) => number): Numbers => ({ data: Float32Array.from(counts, value), dims: [batch, 1, 1, 1] });
  const divisor = (count: number): number => (term.mean ? count : 1);
  return [
    [PORTS.seed(index, 'factor'), perPicture((count) => (slopeOf(form) * weight) / divisor(count))],
    [PORTS.seed(index, 'scale'), perPicture((count) => 1 / divisor(count))],
    ...(masks ? selectionFeeds(masks, index, batch, shape) : []),
    ...(await formFeeds(form, index, batch, shape)),
  ];
}

async function formFeeds(form: SeedForm, index: number, batch: number, [, , channels]: Shape): Promise<[string, Numbers][]> {
  if (typeof form === 'string') return [];
  const guide = guideOf(form);
  if (guide) return [[PORTS.seed(index, 'tensor'), await numbersOf(guide)]];
  if ('direction' in form) return [[PORTS.seed(index, 'vector'), { data: Float32Array.from(form.direction), dims: [1, channels, 1, 1] }]];
  return 'crossEntropy' in form ? [[PORTS.seed(index, 'labels'), oneHotLabels(form.crossEntropy, batch, channels)]] : [];
}

/** By what a mean over a whole layer divides, for each picture: activations, or positions for a direction. */
function wholeCounts(form: SeedForm, batch: number, [height, width, channels]: Shape): readonly number[] {
  const directed = typeof form === 'object' && 'direction' in form;
  return new Array<number>(batch).fill(height * width * (directed ? 1 : channels));
}

function selectionFeeds(masks: UnitMasks, index: number, batch: number, [height, width, channels]: Shape): [string, Numbers][] {
  return [
    [PORTS.seed(index, 'channels'), { data: masks.channels, dims: [batch, channels, 1, 1] }],
    [PORTS.seed(index, 'positions'), { data: masks.positions, dims: [batch, 1, height, width] }],
  ];
}

function oneHotLabels(labels: Int32Array, batch: number, classes: number): Numbers {
  const data = new Float32Array(batch * classes);
  labels.forEach((label, picture) => {
    data[picture * classes + label] = 1;
  });
  return { data, dims: [batch, classes] };
}
