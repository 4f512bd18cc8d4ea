import type { Dataset } from '@featurescope/core';

/** The class of every item of a data set, by the place of its name among the labels; −1 for one that has none or is another form of an earlier drawing. */
export type ItemLabels = readonly number[];

/** Items that are read at the same time. */
const AT_ONCE = 16;

/** Looks through a data set once, since an item tells its class only when it is read; yields how many are read. */
export async function* readLabels(dataset: Dataset, signal: AbortSignal): AsyncGenerator<number, ItemLabels> {
  const labels: number[] = [];
  const known = new Set<string>();
  for (let from = 0; from < dataset.size; from += AT_ONCE) {
    signal.throwIfAborted();
    const indices = Array.from({ length: Math.min(AT_ONCE, dataset.size - from) }, (_, i) => from + i);
    for (const item of await Promise.all(indices.map((index) => dataset.item(index)))) {
      const id = item.kind === 'drawing' ? item.id : undefined;
      labels.push(id !== undefined && known.has(id) ? -1 : (item.label ?? -1));
      if (id !== undefined) known.add(id);
    }
    yield labels.length;
  }
  return labels;
}
