import type { Filter } from './kernels.js';

/** How a filter stands among the others. */
export interface Standing {
  /** Euclidean norm of its weights. */
  readonly norm: number;
  readonly dead: boolean;
  /** The nearest filter before it, of those it is a duplicate of. */
  readonly duplicateOf?: number;
  /** Largest cosine with another living filter; 0 for a dead one, or where there is no other. */
  readonly likeness: number;
}

/** Norms, dead filters (below a share of the largest norm) and duplicates (above a cosine with a living filter before them). */
export function census(filters: readonly Filter[], deadBelow: number, duplicateAbove: number): readonly Standing[] {
  const norms = filters.map(({ values }) => Math.sqrt(dot(values, values)));
  const largest = norms.reduce((most, norm) => Math.max(most, norm), 0);
  const dead = norms.map((norm) => norm === 0 || norm < deadBelow * largest);
  const cosine = (a: number, b: number): number =>
    dead[a] || dead[b] || a === b ? 0 : dot(filters[a]?.values ?? [], filters[b]?.values ?? []) / ((norms[a] ?? 1) * (norms[b] ?? 1));
  const likeness = new Float64Array(filters.length).fill(Number.NEGATIVE_INFINITY);
  const before = new Map<number, { readonly cosine: number; readonly index: number }>();
  for (let a = 0; a < filters.length; a++)
    for (let b = 0; b < a; b++) {
      const alike = cosine(a, b);
      likeness[a] = Math.max(likeness[a] ?? 0, alike);
      likeness[b] = Math.max(likeness[b] ?? 0, alike);
      if (alike > duplicateAbove && alike > (before.get(a)?.cosine ?? 0)) before.set(a, { cosine: alike, index: filters[b]?.index ?? 0 });
    }
  return filters.map((_, i) => {
    const original = before.get(i);
    const found = likeness[i] ?? 0;
    return {
      norm: norms[i] ?? 0,
      dead: dead[i] ?? true,
      ...(original && { duplicateOf: original.index }),
      likeness: Number.isFinite(found) && !dead[i] ? found : 0,
    };
  });
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
