import type { Verdict } from './pooled.js';

/** How often drawings of a class were taken for a class, [right class, decided class]. */
export function confusionCounts({ examples, decided }: Verdict, classes: number): readonly Int32Array[] {
  const counts = Array.from({ length: classes }, () => new Int32Array(classes));
  examples.forEach(({ label }, i) => {
    const row = counts[label];
    const column = decided[i] ?? 0;
    if (row) row[column] = (row[column] ?? 0) + 1;
  });
  return counts;
}

export interface MixUp {
  readonly label: number;
  readonly decided: number;
  readonly count: number;
}

/** Which classes were taken for which others, the most frequent first. */
export function mixUps(counts: readonly Int32Array[]): readonly MixUp[] {
  const all = counts.flatMap((row, label) =>
    Array.from(row, (count, decided): MixUp => ({ label, decided, count })).filter((one) => one.count > 0 && one.decided !== label),
  );
  return all.sort((a, b) => b.count - a.count || a.label - b.label || a.decided - b.decided);
}
