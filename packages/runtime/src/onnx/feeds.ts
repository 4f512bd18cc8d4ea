import type { LayerName, SeedTerm, Shape } from '@featurescope/core';
import { wrongSeed } from './errors.js';
import { PORTS, type SeedSpec } from './graph/pass-spec.js';
import type { Numbers } from './session.js';
import { numbersOf } from './tensors.js';

/** The structure of a seed term. */
export function seedSpec({ layer, form, units, mean }: SeedTerm): SeedSpec {
  if (typeof form === 'object') return { layer, form: 'dot' in form ? 'dot' : 'crossEntropy', selection: 'all', mean: false };
  const selection = units === undefined ? 'all' : units.some((unit) => unit.at !== undefined) ? 'positions' : 'channels';
  return { layer, form, selection, mean: mean ?? false };
}

/** The numbers of a seed term, as inputs of a graph. */
export async function seedFeeds(term: SeedTerm, index: number, batch: number, shape: Shape): Promise<[string, Numbers][]> {
  const { form, weight, layer } = term;
  const perPicture = [batch, 1, 1, 1];
  const factor = (value: (picture: number) => number): [string, Numbers] => [
    PORTS.seed(index, 'factor'),
    { data: Float32Array.from({ length: batch }, (_, picture) => value(picture)), dims: perPicture },
  ];
  if (typeof form === 'object') {
    if ('crossEntropy' in form)
      return [factor(() => weight), [PORTS.seed(index, 'labels'), oneHotLabels(layer, form.crossEntropy, batch, shape)]];
    const tensor = await numbersOf(form.dot);
    const expected = [batch, ...shape];
    if (tensor.dims.join() !== expected.join())
      throw wrongSeed(layer, `the tensor is [${tensor.dims.join(', ')}], expected [${expected.join(', ')}]`);
    return [factor(() => weight), [PORTS.seed(index, 'tensor'), tensor]];
  }
  const counts = Array.from({ length: batch }, (_, picture) => selectedCount(term, picture, shape));
  const divisor = (picture: number): number => (term.mean ? (counts[picture] ?? 1) : 1);
  const slope = form === 'sum' ? 1 : 2;
  const scale = Float32Array.from({ length: batch }, (_, picture) => 1 / divisor(picture));
  return [
    factor((picture) => (slope * weight) / divisor(picture)),
    [PORTS.seed(index, 'scale'), { data: scale, dims: perPicture }],
    ...selectionFeeds(term, index, batch, shape),
  ];
}

const unitOf = ({ units }: SeedTerm, picture: number) => (units?.length === 1 ? units[0] : units?.[picture]);

function selectedCount(term: SeedTerm, picture: number, [height, width, channels]: Shape): number {
  const unit = unitOf(term, picture);
  if (unit === undefined) return height * width * channels;
  return unit.at === undefined ? height * width : 1;
}

function selectionFeeds(term: SeedTerm, index: number, batch: number, [height, width, channels]: Shape): [string, Numbers][] {
  if (term.units === undefined) return [];
  const channelMask = new Float32Array(batch * channels);
  const positionMask = new Float32Array(batch * height * width);
  for (let picture = 0; picture < batch; picture += 1) {
    const unit = unitOf(term, picture);
    if (unit === undefined)
      throw wrongSeed(term.layer, `${term.units.length} units for ${batch} pictures; give one, or one for each picture`);
    const [y, x] = unit.at ?? [0, 0];
    if (!(unit.channel >= 0 && unit.channel < channels))
      throw wrongSeed(term.layer, `channel ${unit.channel} is not in 0 … ${channels - 1}`);
    if (!(y >= 0 && y < height && x >= 0 && x < width))
      throw wrongSeed(term.layer, `position ${y},${x} is outside the map of ${height}×${width}`);
    channelMask[picture * channels + unit.channel] = 1;
    const start = picture * height * width;
    if (unit.at === undefined) positionMask.fill(1, start, start + height * width);
    else positionMask[start + y * width + x] = 1;
  }
  return [
    [PORTS.seed(index, 'channels'), { data: channelMask, dims: [batch, channels, 1, 1] }],
    [PORTS.seed(index, 'positions'), { data: positionMask, dims: [batch, 1, height, width] }],
  ];
}

function oneHotLabels(layer: LayerName, labels: Int32Array, batch: number, [height, width, classes]: Shape): Numbers {
  if (height * width !== 1) throw wrongSeed(layer, `crossEntropy needs a flat layer, this one is ${height}×${width}×${classes}`);
  if (labels.length !== batch) throw wrongSeed(layer, `${labels.length} labels for ${batch} pictures`);
  const data = new Float32Array(batch * classes);
  labels.forEach((label, picture) => {
    if (!(label >= 0 && label < classes)) throw wrongSeed(layer, `label ${label} is not in 0 … ${classes - 1}`);
    data[picture * classes + label] = 1;
  });
  return { data, dims: [batch, classes] };
}
