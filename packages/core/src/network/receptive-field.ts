import type { Extent, Layer, LayerName, Padding, Shape } from './layer.js';
import type { Network, ReceptiveField } from './network.js';
import { dilatedSize, resolvePadding } from './padding.js';

/** One axis of a receptive field: positions p of a layer see the input pixels from start + p · jump, `size` of them. */
interface Axis {
  readonly size: number;
  readonly jump: number;
  readonly start: number;
}

/** A window of `span` positions, moved by `stride`, that begins `before` positions outside the map. */
const through = (axis: Axis, span: number, stride: number, before: number): Axis => ({
  size: axis.size + (span - 1) * axis.jump,
  jump: axis.jump * stride,
  start: axis.start - before * axis.jump,
});

/** The smallest field that contains all of them; jumps are taken from the widest. */
function union(axes: readonly Axis[]): Axis {
  const start = Math.min(...axes.map((axis) => axis.start));
  const end = Math.max(...axes.map((axis) => axis.start + axis.size));
  return { size: end - start, jump: Math.max(...axes.map((axis) => axis.jump)), start };
}

type Field = readonly [y: Axis, x: Axis];

function windowed(
  field: Field,
  size: Shape,
  span: Extent,
  stride: Extent,
  padding: Padding,
  kernel: Extent,
  dilation: Extent = [1, 1],
): Field {
  const p = resolvePadding(padding, [size[0], size[1]], kernel, stride, dilation);
  return [through(field[0], span[0], stride[0], p.top), through(field[1], span[1], stride[1], p.left)];
}

function step(layer: Layer, field: Field, size: Shape): Field {
  switch (layer.kind) {
    case 'conv': {
      const { kernelSize: k, dilation: d } = layer;
      return windowed(field, size, [dilatedSize(k[0], d[0]), dilatedSize(k[1], d[1])], layer.stride, layer.padding, k, d);
    }
    case 'maxPool':
    case 'avgPool':
      return windowed(field, size, layer.size, layer.stride, layer.padding, layer.size);
    case 'globalAvgPool':
    case 'dense':
    case 'flatten':
      return [through(field[0], size[0], size[0], 0), through(field[1], size[1], size[1], 0)];
    case 'pad':
      return [through(field[0], 1, 1, layer.padding.top), through(field[1], 1, 1, layer.padding.left)];
    default:
      return field;
  }
}

/** Receptive fields of all layers whose shape is known, computed from the graph. */
export function receptiveFields(network: Network, shapes: ReadonlyMap<LayerName, Shape>): ReadonlyMap<LayerName, ReceptiveField> {
  const pixel: Axis = { size: 1, jump: 1, start: 0 };
  const fields = new Map<LayerName, Field>([[network.input.name, [pixel, pixel]]]);
  for (const layer of network.layers) {
    const size = shapes.get(layer.inputs[0] ?? '');
    const inputs = layer.inputs.flatMap((name) => fields.get(name) ?? []) as readonly Axis[];
    if (!shapes.has(layer.name)) continue;
    if (!size || inputs.length === 0) fields.set(layer.name, [pixel, pixel]);
    else
      fields.set(layer.name, step(layer, [union(inputs.filter((_, i) => i % 2 === 0)), union(inputs.filter((_, i) => i % 2 === 1))], size));
  }
  return new Map(
    [...fields].map(([name, [y, x]]) => [name, { size: [y.size, x.size], jump: [y.jump, x.jump], start: [y.start, x.start] }]),
  );
}
