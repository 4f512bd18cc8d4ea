import { channelSum, heatScale, saliencyMap } from '@featurescope/core';
import { asMap } from '../attribution/attribution.js';
import type { Cell } from './cell.js';
import type { CompareOptions } from './options.js';
import type { Shown } from './run-on.js';

type Attribution = Extract<Shown, { kind: 'attribution' }>;

/** The map [H, W] of an attribution that is shown. */
export const shownMap = ({ values, shape }: Attribution, show: CompareOptions['show']): Float32Array =>
  show === 'magnitude' ? saliencyMap(values, asMap(shape)) : channelSum(values, asMap(shape));

/**
 * The number that gets the full colour, for each cell: the 99.5 % quantile of the magnitudes, without what is 0, of all maps that share a
 * scale. Those of one method do where their networks take numbers of the same unit.
 */
export function scalesOf(cells: readonly Cell[], { normalise, show }: Pick<CompareOptions, 'normalise' | 'show'>): (cell: Cell) => number {
  const groupOf = (cell: Cell): unknown => (normalise === 'cell' ? cell : normalise === 'method' ? methodAndUnits(cell) : 'grid');
  const maps = new Map<unknown, Float32Array[]>();
  for (const cell of cells) {
    if (cell.result.kind !== 'attribution') continue;
    const group = groupOf(cell);
    const map = shownMap(cell.result, show).filter((value) => value !== 0);
    maps.set(group, [...(maps.get(group) ?? []), map]);
  }
  const scales = new Map([...maps].map(([group, parts]) => [group, heatScale(joined(parts))]));
  return (cell) => scales.get(groupOf(cell)) ?? 0;
}

// What a gradient is per unit of is another thing for a network of pixels from 0 to 255 than for one of 0 to 1.
const methodAndUnits = ({ method, place: { model } }: Cell): string => {
  const { scale, std } = model.input.preprocessing ?? {};
  return JSON.stringify([method.name, scale, std]);
};

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const part of parts) {
    all.set(part, from);
    from += part.length;
  }
  return all;
}
