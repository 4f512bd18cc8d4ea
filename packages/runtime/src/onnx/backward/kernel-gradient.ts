import type { ConvLayer, Extent } from '@featurescope/core';
import type { Value } from '../graph/builder.js';
import { convPadding } from '../graph/conv-geometry.js';
import { pad, reshape, sizeOf, toChannelsLast, transpose } from '../graph/operations.js';
import type { Site } from '../graph/site.js';

/** Up to this many input channels the kernel's positions share one product, which is too narrow to be fast for each alone. */
const NARROW = 16;

/** What each kernel position sees of a padded input, in row-major order of positions; `axes` are those of height and width. */
function patches(site: Site<ConvLayer>, padded: Value, axes: Extent): Value[] {
  const { g, layer, shape } = site;
  const [kh, kw] = layer.kernelSize;
  const found: Value[] = [];
  for (let y = 0; y < kh; y += 1)
    for (let x = 0; x < kw; x += 1) {
      const start = [y * layer.dilation[0], x * layer.dilation[1]] as const;
      const end = [start[0] + (shape[2] - 1) * layer.stride[0] + 1, start[1] + (shape[3] - 1) * layer.stride[1] + 1];
      found.push(g.op('Slice', [padded, g.ints(start), g.ints(end), g.ints(axes), g.ints(layer.stride)]));
    }
  return found;
}

/**
 * Gradient of the kernel, [kh · kw · Cin / groups, Cout]: products of what the kernel's positions see of the input,
 * [N · Ho · Wo, Cin], with the signal, [N · Ho · Wo, Cout].
 */
export function kernelGradient(site: Site<ConvLayer>, signal: Value): Value {
  const { g, layer, inputShape, shape } = site;
  const [n, c, h, w] = inputShape;
  const padding = convPadding(layer, inputShape);
  const padded = pad(g, site.input(), padding);
  const count = sizeOf([n, shape[2], shape[3]]);
  const signals = reshape(g, toChannelsLast(g, signal, shape), [count, layer.filters]);
  const join = (parts: readonly Value[]): Value => (parts.length === 1 ? (parts[0] ?? '') : g.op('Concat', parts, { axis: 0 }));
  if (c <= NARROW && layer.groups === 1) {
    const seen = patches(site, transpose(g, padded, [1, 0, 2, 3]), [2, 3]).map((patch) => reshape(g, patch, [c, count]));
    return g.op('MatMul', [join(seen), signals]);
  }
  const rows = toChannelsLast(g, padded, [n, c, h + padding.top + padding.bottom, w + padding.left + padding.right]);
  const seen = patches(site, rows, [1, 2]).map((patch) => reshape(g, patch, [count, c]));
  if (layer.groups > 1) return join(seen.map((patch) => groupedProduct(site, patch, signals, count)));
  return join(seen.map((patch) => g.op('Gemm', [patch, signals], { transA: 1 })));
}

function groupedProduct({ g, layer, inputShape }: Site<ConvLayer>, patch: Value, signals: Value, count: number): Value {
  const { groups, filters } = layer;
  const depth = inputShape[1] / groups;
  const left = transpose(g, reshape(g, patch, [count, groups, depth]), [1, 2, 0]);
  const right = transpose(g, reshape(g, signals, [count, groups, filters / groups]), [1, 0, 2]);
  return reshape(g, transpose(g, g.op('MatMul', [left, right]), [1, 0, 2]), [depth, filters]);
}
