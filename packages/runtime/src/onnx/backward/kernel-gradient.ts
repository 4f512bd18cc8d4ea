import type { ConvLayer, Extent } from '@featurescope/core';
import type { GraphBuilder, Value } from '../graph/builder.js';
import { convPadding } from '../graph/conv-geometry.js';
import { type MapShape, pad, reshape, sizeOf, toChannelsLast, transpose } from '../graph/operations.js';
import type { Site } from '../graph/site.js';

/** Up to this many input channels the kernel's positions share one product, which is too narrow to be fast for each alone. */
const NARROW = 16;

/** Whole rows share a product where they are at most so much longer than what a kernel position sees of them: the rest is multiplied with zeros. */
const MOST_ROW = 1.5;

/** The convolution whose kernel gradient is computed: input with its padding, and what one position of the kernel steps over. */
interface Windows {
  readonly g: GraphBuilder;
  readonly padded: Value;
  /** Of `padded`. */
  readonly shape: MapShape;
  readonly kernelSize: Extent;
  readonly stride: Extent;
  readonly dilation: Extent;
  /** Positions of the kernel: height and width of the layer's output. */
  readonly positions: Extent;
}

/** What each kernel position sees of a padded input, in row-major order of positions; `axes` are those of height and width. */
function patches({ g, kernelSize, stride, dilation, positions }: Windows, padded: Value, axes: Extent): Value[] {
  const [kh, kw] = kernelSize;
  const found: Value[] = [];
  for (let y = 0; y < kh; y += 1)
    for (let x = 0; x < kw; x += 1) {
      const start = [y * dilation[0], x * dilation[1]] as const;
      const end = [start[0] + (positions[0] - 1) * stride[0] + 1, start[1] + (positions[1] - 1) * stride[1] + 1];
      found.push(g.op('Slice', [padded, g.ints(start), g.ints(end), g.ints(axes), g.ints(stride)]));
    }
  return found;
}

const join = (g: GraphBuilder, parts: readonly Value[]): Value =>
  parts.length === 1 ? (parts[0] ?? '') : g.op('Concat', parts, { axis: 0 });

/** Products of what the kernel's positions see, [N · Ho · Wo, Cin], with the signals, [N · Ho · Wo, Cout]: [kh · kw · Cin, Cout]. */
function product(windows: Windows, signals: Value, filters: number): Value {
  const { g, padded, shape, positions, stride } = windows;
  const [n, c] = shape;
  const count = sizeOf([n, ...positions]);
  if (c <= NARROW) {
    const seen = patches(windows, transpose(g, padded, [1, 0, 2, 3]), [2, 3]).map((patch) => reshape(g, patch, [c, count]));
    return g.op('MatMul', [join(g, seen), signals]);
  }
  if (Math.max(...stride) === 1 && shape[3] <= MOST_ROW * positions[1]) return productOfRows(windows, signals, filters);
  const seen = patches(windows, toChannelsLast(g, padded, shape), [1, 2]).map((patch) => reshape(g, patch, [count, c]));
  return join(
    g,
    seen.map((patch) => g.op('Gemm', [patch, signals], { transA: 1 })),
  );
}

/**
 * The same without strides, with one product for each row of the kernel: whole rows of the input with the signals of all the row's
 * positions beside each other, each moved to where its position looks.
 */
function productOfRows({ g, padded, shape, kernelSize, dilation, positions }: Windows, signals: Value, filters: number): Value {
  const [n, c, , w] = shape;
  const [kh, kw] = kernelSize;
  const map = reshape(g, signals, [n, ...positions, filters]);
  const moved = Array.from({ length: kw }, (_, x) => {
    const before = x * dilation[1];
    return kw === 1 ? map : g.op('Pad', [map, g.ints([0, 0, before, 0, 0, 0, w - positions[1] - before, 0])]);
  });
  const count = sizeOf([n, positions[0], w]);
  const beside = reshape(g, kw === 1 ? map : g.op('Concat', moved, { axis: 3 }), [count, kw * filters]);
  const rows = toChannelsLast(g, padded, shape);
  const products = Array.from({ length: kh }, (_, y) => {
    const start = y * dilation[0];
    const seen = kh === 1 ? rows : g.op('Slice', [rows, g.ints([start]), g.ints([start + positions[0]]), g.ints([1])]);
    return g.op('Gemm', [reshape(g, seen, [count, c]), beside], { transA: 1 });
  });
  const gradient = join(g, products);
  return kw === 1 ? gradient : transpose(g, reshape(g, gradient, [kh, c, kw, filters]), [0, 2, 1, 3]);
}

/** The same of a convolution of few channels with strides, as one without: the positions that a step passes over become channels. */
function strided(windows: Windows, signals: Value, filters: number): Value {
  const { g, shape, kernelSize, positions } = windows;
  const [sy, sx] = windows.stride;
  const [n, c, h, w] = shape;
  const [ty, tx] = [Math.ceil(kernelSize[0] / sy), Math.ceil(kernelSize[1] / sx)];
  const [rows, columns] = [positions[0] - 1 + ty, positions[1] - 1 + tx];
  const whole = pad(g, windows.padded, { top: 0, left: 0, bottom: rows * sy - h, right: columns * sx - w });
  const apart = transpose(g, reshape(g, whole, [n, c, rows, sy, columns, sx]), [0, 3, 5, 1, 2, 4]);
  const deep: MapShape = [n, sy * sx * c, rows, columns];
  const dense: Windows = { ...windows, padded: reshape(g, apart, deep), shape: deep, kernelSize: [ty, tx], stride: [1, 1] };
  const gradient = reshape(g, product(dense, signals, filters), [ty, tx, sy, sx, c * filters]);
  const kernel = reshape(g, transpose(g, gradient, [0, 2, 1, 3, 4]), [ty * sy, tx * sx, c * filters]);
  const exact = ty * sy === kernelSize[0] && tx * sx === kernelSize[1];
  return exact ? kernel : g.op('Slice', [kernel, g.ints([0, 0]), g.ints(kernelSize), g.ints([0, 1])]);
}

/** Gradient of the kernel, [kh · kw · Cin / groups, Cout] or a shape with the same numbers in the same order. */
export function kernelGradient(site: Site<ConvLayer>, signal: Value): Value {
  const { g, layer, inputShape, shape } = site;
  const [n, c, h, w] = inputShape;
  const { top, left, bottom, right } = convPadding(layer, inputShape);
  const { kernelSize, stride, dilation, groups, filters } = layer;
  const windows: Windows = {
    g,
    padded: pad(g, site.input(), { top, left, bottom, right }),
    shape: [n, c, h + top + bottom, w + left + right],
    kernelSize,
    stride,
    dilation,
    positions: [shape[2], shape[3]],
  };
  const signals = reshape(g, toChannelsLast(g, signal, shape), [sizeOf([n, shape[2], shape[3]]), filters]);
  if (groups > 1) return groupedProduct(site, windows, signals);
  const dense = Math.max(...stride) === 1 || Math.max(...dilation) > 1 || c > NARROW;
  return dense ? product(windows, signals, filters) : strided(windows, signals, filters);
}

function groupedProduct({ g, layer }: Site<ConvLayer>, windows: Windows, signals: Value): Value {
  const { groups, filters } = layer;
  const count = sizeOf([windows.shape[0], ...windows.positions]);
  const depth = windows.shape[1] / groups;
  const right = transpose(g, reshape(g, signals, [count, groups, filters / groups]), [1, 0, 2]);
  const seen = patches(windows, toChannelsLast(g, windows.padded, windows.shape), [1, 2]).map((patch) => {
    const left = transpose(g, reshape(g, patch, [count, groups, depth]), [1, 2, 0]);
    return reshape(g, transpose(g, g.op('MatMul', [left, right]), [1, 0, 2]), [depth, filters]);
  });
  return join(g, seen);
}
