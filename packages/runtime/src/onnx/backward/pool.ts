import type { AvgPoolLayer, BackwardPolicy, ExplicitPadding, MaxPoolLayer, PlainLayer } from '@featurescope/core';
import { divisorFactors } from '../forward/pool.js';
import type { Value } from '../graph/builder.js';
import { crop, dilate, type MapShape, pad, reshape, sizeOf } from '../graph/operations.js';
import { exactPadding, fitsOperator, poolPadding } from '../graph/pool-geometry.js';
import type { Site } from '../graph/site.js';

type PoolSite = Site<MaxPoolLayer | AvgPoolLayer>;

/** Signals at offset `shift` of each window, as a map of the input's size extended by `extra` positions at the end. */
function placed(site: PoolSite, signal: Value, shift: readonly [number, number], extra: readonly [number, number]): Value {
  const { g, layer, inputShape, shape } = site;
  const spread = dilate(g, signal, shape, layer.stride);
  return pad(g, spread, {
    top: shift[0],
    left: shift[1],
    bottom: inputShape[2] + extra[0] - shape[2] * layer.stride[0] - shift[0],
    right: inputShape[3] + extra[1] - shape[3] * layer.stride[1] - shift[1],
  });
}

/** Puts each signal in full at every position of its window, divided by the window's size. */
function spreadMean(site: PoolSite, signal: Value): Value {
  const { size } = site.layer;
  const { top, left } = poolPadding(site.layer, site.inputShape);
  const map = placed(site, signal, [size[0] - 1 - top, size[1] - 1 - left], [size[0] - 1, size[1] - 1]);
  return site.g.op('AveragePool', [map], { kernel_shape: size });
}

function toCenters(site: Site<MaxPoolLayer>, signal: Value): Value {
  const { size } = site.layer;
  const { top, left } = poolPadding(site.layer, site.inputShape);
  return placed(site, signal, [Math.floor((size[0] - 1) / 2) - top, Math.floor((size[1] - 1) / 2) - left], [0, 0]);
}

const paddedShape = ([n, c, h, w]: MapShape, { top, left, bottom, right }: ExplicitPadding): MapShape => [
  n,
  c,
  h + top + bottom,
  w + left + right,
];

/** Adds each signal at the position of its window's maximum. */
function scatter(site: Site<MaxPoolLayer>, signal: Value, target: MapShape): Value {
  const { g, shape } = site;
  const indices = reshape(g, g.secondOutput(site.output()), [sizeOf(shape)]);
  const zeros = g.op('ConstantOfShape', [g.ints([sizeOf(target)])]);
  const added = g.op('ScatterElements', [zeros, indices, reshape(g, signal, [sizeOf(shape)])], { axis: 0, reduction: 'add' });
  return reshape(g, added, target);
}

function toSwitches(site: Site<MaxPoolLayer>, signal: Value): Value {
  const { g, layer, inputShape } = site;
  const padding = exactPadding(layer, inputShape, site.shape);
  if (!fitsOperator(layer, padding))
    return crop(g, scatter(site, signal, paddedShape(inputShape, padding)), [padding.top, padding.left], [inputShape[2], inputShape[3]]);
  const apart = layer.stride[0] >= layer.size[0] && layer.stride[1] >= layer.size[1];
  if (!apart) return scatter(site, signal, inputShape);
  const { top, left, bottom, right } = padding;
  return g.op('MaxUnpool', [signal, g.secondOutput(site.output()), g.ints(inputShape)], {
    kernel_shape: layer.size,
    strides: layer.stride,
    pads: [top, left, bottom, right],
  });
}

export function maxPoolDown(site: Site<MaxPoolLayer>, signal: Value, { maxPool }: BackwardPolicy): Value {
  switch (maxPool) {
    case 'switches':
      return toSwitches(site, signal);
    case 'center':
      return toCenters(site, signal);
    case 'all':
      return site.g.op('Mul', [spreadMean(site, signal), site.g.scalar(site.layer.size[0] * site.layer.size[1])]);
  }
}

export function avgPoolDown(site: Site<AvgPoolLayer>, signal: Value): Value {
  const factors = divisorFactors(site, site.layer.size[0] * site.layer.size[1]);
  return spreadMean(site, factors === undefined ? signal : site.g.op('Mul', [signal, factors]));
}

export function globalAvgPoolDown(site: Site<PlainLayer>, signal: Value): Value {
  const { g, inputShape } = site;
  const share = g.op('Mul', [signal, g.scalar(1 / (inputShape[2] * inputShape[3]))]);
  return g.op('Expand', [share, g.ints(inputShape)]);
}
