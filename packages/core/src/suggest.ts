/**
 * The `n` candidates nearest to a name, nearest first: by edit distance without regard to case, where a candidate that
 * contains the name, or is contained in it, counts as less than an edit away.
 */
export function nearest(name: string, candidates: Iterable<string>, n = 3): string[] {
  const wanted = name.toLowerCase();
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, distance: distance(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, n)
    .map(({ candidate }) => candidate);
}

/** A list for a message: `"a", "b" or "c"`. */
export function alternatives(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  const last = quoted.pop();
  if (last === undefined) return 'nothing';
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`;
}

/** A sentence that proposes the nearest valid names; empty when there are none. */
export function didYouMean(name: string, candidates: Iterable<string>, n = 3): string {
  const names = nearest(name, candidates, n);
  return names.length === 0 ? '' : ` Did you mean ${alternatives(names)}?`;
}

function distance(a: string, b: string): number {
  const edits = editDistance(a, b);
  const contained = Math.min(a.length, b.length) > 2 && (a.includes(b) || b.includes(a));
  return contained ? Math.min(edits, 0.5 + edits / (a.length + b.length)) : edits;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
