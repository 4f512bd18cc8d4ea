import type { PlainLayer } from '@featurescope/core';
import type { Value } from '../graph/builder.js';
import { reduceSum } from '../graph/operations.js';
import type { Site } from '../graph/site.js';

type Signals = readonly (Value | undefined)[];

/** Where an input was broadcast over positions, its signals add up. */
function gathered(site: Site<PlainLayer>, signal: Value, index: number): Value {
  const [, , h = 1, w = 1] = site.inputShapes[index] ?? [];
  return h === site.shape[2] && w === site.shape[3] ? signal : reduceSum(site.g, signal, [2, 3]);
}

export const addDown = (site: Site<PlainLayer>, signal: Value, wanted: readonly boolean[]): Signals =>
  site.layer.inputs.map((_, index) => (wanted[index] ? gathered(site, signal, index) : undefined));

export const multiplyDown = (site: Site<PlainLayer>, signal: Value, wanted: readonly boolean[]): Signals =>
  site.layer.inputs.map((_, index) => {
    if (!wanted[index]) return undefined;
    const others = site.layer.inputs.flatMap((__, other) => (other === index ? [] : [site.input(other)]));
    return gathered(
      site,
      others.reduce((product, other) => site.g.op('Mul', [product, other]), signal),
      index,
    );
  });

export function concatDown(site: Site<PlainLayer>, signal: Value, wanted: readonly boolean[]): Signals {
  const { g } = site;
  let start = 0;
  return site.inputShapes.map(([, channels], index) => {
    const from = start;
    start += channels;
    if (!wanted[index]) return undefined;
    return g.op('Slice', [signal, g.ints([from]), g.ints([start]), g.ints([1])]);
  });
}
