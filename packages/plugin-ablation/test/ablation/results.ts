import type { CellResult } from '../../src/ablation/journal.js';
import { paperRow } from '../../src/ablation/rows.js';
import type { VariantResults } from '../../src/ablation/study.js';

const trained = (trainTop1: number, validationTop1: number, validationTop5: number): CellResult => ({
  kind: 'trained',
  trainTop1,
  validationTop1,
  validationTop5,
  history: [],
});

const diverged: CellResult = { kind: 'diverged', reason: 'the loss is not finite' };

const variant = (architecture: string, name: string, parameters: number, bySeed: readonly CellResult[]): VariantResults => {
  const published = architecture === 'zfnet' ? paperRow(name)?.published.zfnet : undefined;
  return {
    variant: {
      name,
      architecture,
      options: {},
      ...(published && { published }),
      network: { input: { name: 'data', shape: [8, 8, 3] }, layers: [], outputs: [], weights: new Map() },
      parameters,
      notTaken: [],
    },
    bySeed: bySeed.map((result, i) => ({ seed: i + 1, result })),
  };
};

/** Results whose means and changes are easily worked out. */
export const results: readonly VariantResults[] = [
  variant('zfnet', 'base', 100, [trained(10, 30, 4), trained(10, 32, 4), trained(10, 34, 4)]),
  variant('zfnet', '-L7', 60, [trained(20, 36, 5), trained(20, 38, 5), trained(20, 40, 5)]),
  variant('zfnet', '6,7=2048', 80, [trained(12, 29, 3), diverged, trained(12, 31, 3)]),
  variant('alexnet', 'alexnet/-L7', 70, [trained(15, 100 / 3, 6)]),
];
