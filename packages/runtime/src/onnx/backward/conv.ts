import type { ConvLayer, DenseLayer } from '@featurescope/core';
import type { Value } from '../graph/builder.js';
import { type AdjointAxis, adjointAxis, convPadding } from '../graph/conv-geometry.js';
import { convolve } from '../graph/convolution.js';
import { crop, dilate, type MapShape, reshape, transpose } from '../graph/operations.js';
import type { Parameter } from '../graph/parameters.js';
import type { Site } from '../graph/site.js';

/** The kernel of the adjoint convolution, rotated by half a turn: [taps, taps, Cout / groups, Cin · phases]. */
function adjointKernel(site: Site<ConvLayer>, [y, x]: readonly [AdjointAxis, AdjointAxis]): Parameter {
  const { parameters, layer } = site;
  const kernel = site.weight('kernel');
  const [, , depth = 1, filters = 1] = kernel.dims;
  const perGroup = filters / layer.groups;
  const full = parameters.pad(kernel, [y.taps * y.phases, x.taps * x.phases, depth, filters]);
  const split = parameters.reshape(full, [y.taps, y.phases, x.taps, x.phases, depth, layer.groups, perGroup]);
  const ordered = parameters.transpose(parameters.reverse(split, [0, 2]), [0, 2, 6, 5, 4, 1, 3]);
  return parameters.reshape(ordered, [y.taps, x.taps, perGroup, layer.groups * depth * y.phases * x.phases]);
}

/** [N, C · py · px, Q, Q'] → [N, C, Q · sy, Q' · sx]. */
function interleave(
  site: Site<ConvLayer>,
  value: Value,
  [y, x]: readonly [AdjointAxis, AdjointAxis],
  [sy, sx]: readonly [number, number],
): Value {
  if (sy === 1 && sx === 1) return value;
  const { g } = site;
  const [n, c] = site.inputShape;
  const apart = reshape(g, value, [n, c, y.phases, x.phases, y.rows, x.rows]);
  const missing = [0, 0, sy - y.phases, sx - x.phases, 0, 0];
  const full = missing.some((count) => count > 0) ? g.op('Pad', [apart, g.ints([0, 0, 0, 0, 0, 0, ...missing])]) : apart;
  return reshape(g, transpose(g, full, [0, 1, 4, 2, 5, 3]), [n, c, y.rows * sy, x.rows * sx]);
}

export function convDown(site: Site<ConvLayer>, signal: Value): Value {
  const { g, layer, inputShape, shape } = site;
  const { top, left } = convPadding(layer, inputShape);
  const { kernelSize, dilation } = layer;
  const spread = Math.max(...dilation) > 1;
  const stride: readonly [number, number] = spread ? [1, 1] : layer.stride;
  const [n, c, h, w] = shape;
  const sent: MapShape = spread ? [n, c, h * layer.stride[0], w * layer.stride[1]] : shape;
  const map = spread ? dilate(g, signal, shape, layer.stride) : signal;
  const axes = [
    adjointAxis(inputShape[2], sent[2], kernelSize[0], stride[0], dilation[0], top),
    adjointAxis(inputShape[3], sent[3], kernelSize[1], stride[1], dilation[1], left),
  ] as const;
  const [y, x] = axes;
  const result = convolve(g, site.parameters, {
    map,
    kernel: adjointKernel(site, axes),
    stride: [1, 1],
    dilation,
    padding: { top: y.begin, left: x.begin, bottom: y.end, right: x.end },
    groups: layer.groups,
  });
  const placed = interleave(site, result, axes, stride);
  const exact = y.skip === 0 && x.skip === 0 && y.rows * stride[0] === inputShape[2] && x.rows * stride[1] === inputShape[3];
  return exact ? placed : crop(g, placed, [y.skip, x.skip], [inputShape[2], inputShape[3]]);
}

export function denseDown(site: Site<DenseLayer>, signal: Value): Value {
  const { g, layer, inputShape, shape } = site;
  const [n, c, h, w] = inputShape;
  const rows = reshape(g, signal, [n, shape[1]]);
  const down = g.op('Gemm', [rows, site.parameters.use(site.weight('kernel'))], { transB: 1 });
  if (layer.inputOrder === 'chw' || c === 1 || h * w === 1) return reshape(g, down, [n, c, h, w]);
  return transpose(g, reshape(g, down, [n, h, w, c]), [0, 3, 1, 2]);
}
