/** How checkpoints are called on pictures and axes. */
export interface CheckpointAxis {
  /** What the numbers count, such as `epoch`. */
  readonly label: string;
  /** Ascending. */
  readonly numbers: readonly number[];
  /** Over the columns of a grid. */
  readonly heads: readonly string[];
}

/** Names that differ in a number at their end alone, such as `photonet@20` and `epoch-05`, are called by it; others by their place, from 1. */
export function axisOf(names: readonly string[]): CheckpointAxis {
  const parts = names.map((name) => /^(.*?)(\d+)$/.exec(name));
  const prefixes = new Set(parts.map((part) => part?.[1]));
  const numbers = parts.map((part) => Number(part?.[2]));
  const ascending = numbers.every((number, i) => Number.isSafeInteger(number) && (i === 0 || number > (numbers[i - 1] ?? 0)));
  const [prefix] = prefixes;
  if (prefixes.size !== 1 || prefix === undefined || !ascending)
    return { label: 'checkpoint', numbers: names.map((_, i) => i + 1), heads: names };
  const label = prefix.endsWith('@') ? 'epoch' : (/([a-z]+)[^a-z]*$/i.exec(prefix)?.[1]?.toLowerCase() ?? 'checkpoint');
  return { label, numbers, heads: numbers.map((number) => `${label} ${number}`) };
}
