import type { RunContext } from '@featurescope/core';

/** The sources of all patterns, each once, and the patterns that stand for nothing at present. */
export async function listSources(
  patterns: readonly string[],
  { listModels }: Pick<RunContext, 'listModels'>,
): Promise<{ readonly sources: readonly string[]; readonly empty: readonly string[] }> {
  const lists: (readonly string[])[] = [];
  for (const pattern of patterns) lists.push(await listModels(pattern));
  return { sources: [...new Set(lists.flat())], empty: patterns.filter((_, i) => lists[i]?.length === 0) };
}

/**
 * What was known, in its order, with what is listed now: something new comes before what follows it in the list, else at the end. What is
 * no longer listed stays when it is `kept`.
 */
export function withListed(known: readonly string[], listed: readonly string[], kept: (source: string) => boolean): readonly string[] {
  const order = known.filter((source) => kept(source) || listed.includes(source));
  for (const [i, source] of listed.entries()) {
    if (order.includes(source)) continue;
    const next = listed.slice(i + 1).find((one) => order.includes(one));
    order.splice(next === undefined ? order.length : order.indexOf(next), 0, source);
  }
  return order;
}
