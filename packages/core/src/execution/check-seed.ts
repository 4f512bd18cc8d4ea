import type { LayerName } from '../network/layer.js';
import { seedWithoutPart, unitOutOfRange, wrongDirection, wrongGuide, wrongLabels, wrongUnitCount } from './errors.js';
import type { SeedForm, SeedTerm } from './seed.js';
import { unitOf } from './unit-masks.js';

type BatchShape = readonly [pictures: number, height: number, width: number, channels: number];

/** Checks that a term fits its layer's activation [N, H, W, C]. @throws FeaturescopeError when it does not */
export function checkSeed(term: Omit<SeedTerm, 'weight'>, shape: BatchShape): void {
  const { layer, form, units, mean } = term;
  if (units) checkUnits(layer, units, shape);
  if (typeof form === 'string') return;
  const name = Object.keys(form)[0] ?? '';
  if (units) throw seedWithoutPart(layer, name, 'units', 'sum, squares and positiveSquares');
  if (mean && !('direction' in form)) throw seedWithoutPart(layer, name, 'mean', 'sum, squares, positiveSquares and direction');
  checkNumbers(layer, form, shape);
}

function checkNumbers(layer: LayerName, form: Exclude<SeedForm, string>, shape: BatchShape): void {
  const channels = shape[3];
  if ('dot' in form) checkGuide(layer, form.dot.shape, shape, 'size');
  else if ('distance' in form) checkGuide(layer, form.distance.shape, shape, 'size');
  else if ('match' in form) checkGuide(layer, form.match.shape, shape, 'channels');
  else if ('crossEntropy' in form) checkLabels(layer, form.crossEntropy, shape);
  else if (form.direction.length !== channels) throw wrongDirection(layer, form.direction.length, channels);
}

function checkLabels(layer: LayerName, labels: Int32Array, [pictures, height, width, classes]: BatchShape): void {
  const valid = labels.length === pictures && labels.every((label) => label >= 0 && label < classes);
  if (!valid || height * width !== 1) throw wrongLabels(layer, [...labels], classes, pictures);
}

/** A guide has the channels of the layer, and its height and width too when the whole size must agree. */
function checkGuide(layer: LayerName, given: readonly number[], shape: BatchShape, agree: 'size' | 'channels'): void {
  const [pictures, height, width, channels] = shape;
  const sized = agree === 'channels' ? (given[1] ?? 0) * (given[2] ?? 0) > 0 : given[1] === height && given[2] === width;
  const fits = given.length === 4 && sized && given[3] === channels && (given[0] === 1 || given[0] === pictures);
  const size = agree === 'channels' ? ['height', 'width'] : [height, width];
  if (!fits) throw wrongGuide(layer, given, [pictures === 1 ? 1 : `1 or ${pictures}`, ...size, channels]);
}

function checkUnits(layer: LayerName, units: NonNullable<SeedTerm['units']>, shape: BatchShape): void {
  const [pictures, height, width, channels] = shape;
  if (units.length !== 1 && units.length !== pictures) throw wrongUnitCount(layer, units.length, pictures);
  const inside = (value: number, size: number) => Number.isInteger(value) && value >= 0 && value < size;
  for (let n = 0; n < units.length; n++) {
    const { channel = 0, at } = unitOf(units, n) ?? {};
    if (!inside(channel, channels)) throw unitOutOfRange(layer, `channel ${channel}`, shape);
    if (at && !(inside(at[0], height) && inside(at[1], width))) throw unitOutOfRange(layer, `position ${at.join(', ')}`, shape);
  }
}
