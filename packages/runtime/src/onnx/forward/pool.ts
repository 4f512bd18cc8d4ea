import type { AvgPoolLayer, MaxPoolLayer } from '@featurescope/core';
import type { Value } from '../graph/builder.js';
import { pad } from '../graph/operations.js';
import { avgDivisors, exactPadding, fitsOperator } from '../graph/pool-geometry.js';
import type { Site } from '../graph/site.js';

/** Stands for −∞ in padding: the least finite number, as the operator itself uses. */
const LOWEST = -3.4028234663852886e38;

/** A pool over the layer's windows, by operator padding where allowed, else over a padded map. */
export function pool(site: Site<MaxPoolLayer | AvgPoolLayer>, type: 'MaxPool' | 'AveragePool'): Value {
  const { g, layer } = site;
  const padding = exactPadding(layer, site.inputShape, site.shape);
  const inOperator = fitsOperator(layer, padding);
  const { top, left, bottom, right } = padding;
  const map = inOperator ? site.input() : pad(g, site.input(), padding, type === 'MaxPool' ? LOWEST : 0);
  return g.op(type, [map], {
    kernel_shape: layer.size,
    strides: layer.stride,
    pads: inOperator ? [top, left, bottom, right] : [0, 0, 0, 0],
    ...(type === 'AveragePool' && { count_include_pad: 1 }),
  });
}

export const maxPool = (site: Site<MaxPoolLayer>): Value => pool(site, 'MaxPool');

/** Factors on a mean over whole windows that give the layer's divisors, [1, 1, Ho, Wo]; undefined when all are 1. */
export function divisorFactors(site: Site<AvgPoolLayer>, numerator: number): Value | undefined {
  const divisors = avgDivisors(site.layer, site.inputShape, site.shape);
  if (divisors.every((divisor) => divisor === numerator)) return undefined;
  const [, , h, w] = site.shape;
  return site.g.floats(`${site.layer.name} ${numerator} over divisors`, [1, 1, h, w], () => divisors.map((divisor) => numerator / divisor));
}

export function avgPool(site: Site<AvgPoolLayer>): Value {
  const mean = pool(site, 'AveragePool');
  const factors = divisorFactors(site, site.layer.size[0] * site.layer.size[1]);
  return factors === undefined ? mean : site.g.op('Mul', [mean, factors]);
}
