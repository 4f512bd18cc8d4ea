import type { Extent, Padding } from '../../../network/layer.js';
import { type NetworkCase, type Numbers, networkCase } from '../network-case.js';
import { around, avgPool, conv, maxPool, padding, plain, type Row, relu } from '../table.js';

type Pool = (size: number | Extent, stride: number | Extent, options?: { readonly padding?: Padding; readonly ceilMode?: boolean }) => Row;

/** The windows that both kinds of pool are tried with. */
const windows = (pool: Pool): Readonly<Record<string, readonly [height: number, width: number, row: Row]>> => ({
  '2×2/2': [8, 6, pool(2, 2)],
  '2×2/2, odd size': [7, 9, pool(2, 2)],
  '2×2/2, odd size, ceil': [7, 9, pool(2, 2, { ceilMode: true })],
  '3×3/2 overlapping': [9, 7, pool(3, 2)],
  '3×3/2 overlapping, last rows not reached': [8, 10, pool(3, 2)],
  '3×3/2 overlapping, ceil': [8, 10, pool(3, 2, { ceilMode: true })],
  '3×3/1': [5, 6, pool(3, 1)],
  '3×3/1, padding 1': [5, 6, pool(3, 1, { padding: around(1) })],
  '3×3/2, padding 1': [7, 8, pool(3, 2, { padding: around(1) })],
  '3×3/2, padding 1, ceil': [7, 8, pool(3, 2, { padding: around(1), ceilMode: true })],
  '2×2/2, padding 1, ceil': [5, 6, pool(2, 2, { padding: around(1), ceilMode: true })],
  '3×2/2×1, asymmetric padding': [6, 7, pool([3, 2], [2, 1], { padding: padding(2, 0, 1, 1) })],
  '2×3/1×2': [5, 9, pool([2, 3], [1, 2])],
  '4×4/2': [10, 9, pool(4, 2)],
  '1×1/2': [5, 6, pool(1, 2)],
  '2×2/3, stride larger than size': [9, 8, pool(2, 3)],
  '2×2/3, ceil': [9, 10, pool(2, 3, { ceilMode: true })],
  'whole map': [4, 5, pool([4, 5], [4, 5])],
  'same, 3×3/2, even size': [8, 6, pool(3, 2, { padding: 'same' })],
  'same, 3×3/2, odd size': [7, 9, pool(3, 2, { padding: 'same' })],
  'same, 2×2/1': [5, 4, pool(2, 1, { padding: 'same' })],
  'sameLower, 3×3/2, even size': [8, 6, pool(3, 2, { padding: 'sameLower' })],
  'sameLower, 2×2/1': [5, 4, pool(2, 1, { padding: 'sameLower' })],
});

const tied = (name: string, numbers: Numbers, row: Row): NetworkCase => networkCase(name, [7, 8, 2], [row], { input: numbers });

/** Max-pools: sizes, padding, ceil mode, and windows with ties or without a positive value. */
export const maxPools = (): readonly NetworkCase[] => [
  ...Object.entries(windows(maxPool)).map(([name, [height, width, row]]) => networkCase(name, [height, width, 3], [row])),
  tied('constant map, 2×2/2', 'constant', maxPool(2, 2)),
  tied('constant map, 3×3/2', 'constant', maxPool(3, 2, { padding: around(1) })),
  tied('constant map, same', 'constant', maxPool(3, 2, { padding: 'same' })),
  tied('repeated numbers, 2×2/2', 'integers', maxPool(2, 2)),
  tied('repeated numbers, 3×3/2, ceil', 'integers', maxPool(3, 2, { ceilMode: true })),
  tied('repeated numbers, 3×3/1', 'integers', maxPool(3, 1, { padding: around(1) })),
  tied('nothing positive, 2×2/2', 'negative', maxPool(2, 2)),
  tied('nothing positive, 3×3/2, padding', 'negative', maxPool(3, 2, { padding: around(1) })),
  tied('nothing positive, same', 'negative', maxPool(3, 2, { padding: 'same' })),
  tied('nothing positive, ceil', 'negative', maxPool(2, 2, { ceilMode: true })),
  networkCase('zeros after a ReLU', [8, 7, 3], [conv(3, 4, { padding: around(1) }), relu(), maxPool(3, 2)]),
  networkCase('integer convolution with ties', [8, 7, 2], [conv(3, 3), relu(), maxPool(2, 2)], { input: 'integers', weights: 'integers' }),
  networkCase('two pools in a row, repeated numbers', [11, 12, 2], [maxPool(3, 2), maxPool(2, 1)], { batch: 3, ties: true }),
];

/** Average pools with both divisors, and global average pooling. */
export const averagePools = (): readonly NetworkCase[] => [
  ...[true, false].flatMap((countIncludePad) =>
    Object.entries(windows((size, stride, options) => avgPool(size, stride, { ...options, countIncludePad }))).map(
      ([name, [height, width, row]]) =>
        networkCase(`${name}, ${countIncludePad ? 'padding counts' : 'padding does not count'}`, [height, width, 3], [row]),
    ),
  ),
  networkCase('global', [5, 7, 4], [plain('globalAvgPool')], { batch: 3 }),
  networkCase('global, of one position', [1, 1, 4], [plain('globalAvgPool')]),
];
