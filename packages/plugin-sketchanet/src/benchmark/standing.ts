import type { Verdict } from '../fusing/pooled.js';

/** Kinds of rows, in the order of the table. */
export const KINDS = ['baseline', 'one Sketch-a-Net', 'ensemble', 'trained by others'] as const;

/** What one model decided, and what was published of its like. */
export interface Standing {
  readonly kind: (typeof KINDS)[number];
  readonly verdict: Verdict;
  readonly published?: number;
}

/** Several folds of one model as one. */
export const standing = (kind: Standing['kind'], verdict: Verdict, published?: number): Standing => ({
  kind,
  verdict,
  ...(published !== undefined && { published }),
});

/** What a network trained on the same classes counts as, by what it was built as; joint training makes one network of an ensemble. */
export function kindOf(architecture: string | undefined): Standing['kind'] {
  if (architecture === 'sketchANet') return 'one Sketch-a-Net';
  return architecture === 'sketchANetFused' ? 'ensemble' : 'baseline';
}
