import type {
  AvgPoolLayer,
  ClipLayer,
  ConvLayer,
  DenseLayer,
  ExplicitPadding,
  Extent,
  Layer,
  LayerName,
  LrnLayer,
  MaxPoolLayer,
  PadLayer,
  PlainLayer,
} from '../../network/layer.js';

/** A layer that takes the one before it, and is called by its kind and place, unless it says otherwise. */
export type Row<L extends Layer = Layer> = L extends Layer ? Omit<L, 'inputs' | 'name'> & Partial<Pick<L, 'inputs' | 'name'>> : never;

type Both = number | Extent;

const extent = (both: Both): Extent => (typeof both === 'number' ? [both, both] : both);

export const padding = (top: number, left: number, bottom: number, right: number): ExplicitPadding => ({ top, left, bottom, right });

export const around = (margin: number): ExplicitPadding => padding(margin, margin, margin, margin);

type Options<L extends Layer> = Partial<Row<L>>;

export const conv = (kernel: Both, filters: number, options: Options<ConvLayer> & { readonly stride?: Extent } = {}): Row<ConvLayer> => ({
  kind: 'conv',
  kernelSize: extent(kernel),
  filters,
  stride: [1, 1],
  dilation: [1, 1],
  padding: around(0),
  groups: 1,
  bias: true,
  ...options,
});

export const dense = (units: number, options: Options<DenseLayer> = {}): Row<DenseLayer> => ({
  kind: 'dense',
  units,
  bias: true,
  inputOrder: 'hwc',
  ...options,
});

export const maxPool = (size: Both, stride: Both, options: Options<MaxPoolLayer> = {}): Row<MaxPoolLayer> => ({
  kind: 'maxPool',
  size: extent(size),
  stride: extent(stride),
  padding: around(0),
  ceilMode: false,
  ...options,
});

export const avgPool = (size: Both, stride: Both, options: Options<AvgPoolLayer> = {}): Row<AvgPoolLayer> => ({
  kind: 'avgPool',
  size: extent(size),
  stride: extent(stride),
  padding: around(0),
  ceilMode: false,
  countIncludePad: true,
  ...options,
});

export const lrn = (size: number, options: Options<LrnLayer> = {}): Row<LrnLayer> => ({
  kind: 'lrn',
  size,
  alpha: 0.5,
  beta: 0.75,
  bias: 2,
  ...options,
});

export const clip = (min: number, max: number): Row<ClipLayer> => ({ kind: 'clip', min, max });

export const pad = (margins: ExplicitPadding, value = 0): Row<PadLayer> => ({ kind: 'pad', padding: margins, value });

export const plain = (kind: PlainLayer['kind'], options: Options<PlainLayer> = {}): Row<PlainLayer> => ({ kind, ...options });

export const relu = (options: Options<PlainLayer> = {}): Row<PlainLayer> => plain('relu', options);

/** Gives every row its name and inputs. */
export function linked(input: LayerName, rows: readonly Row[]): readonly Layer[] {
  let before = input;
  return rows.map((row, i): Layer => {
    const layer = { ...row, name: row.name ?? `${row.kind}${i + 1}`, inputs: row.inputs ?? [before] };
    before = layer.name;
    return layer;
  });
}
