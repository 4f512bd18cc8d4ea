import { badShard } from './errors.js';
import type { Items } from './tracking/track.js';

/** One of `of` parts of the data, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

export const WHOLE: Shard = { index: 1, of: 1 };

/** @throws FeaturescopeError when the text is not i/n with i from 1 to n */
export function parseShard(text: string): Shard {
  const [, index = 0, of = 0] = (/^([1-9]\d*)\/([1-9]\d*)$/.exec(text.trim()) ?? []).map(Number);
  if (!(index >= 1 && index <= of)) throw badShard(text);
  return { index, of };
}

export const shardText = ({ index, of }: Shard): string => `${index}/${of}`;

/** Every n-th item, so that data sorted by class are shared out evenly. */
export const itemsOf = ({ index, of }: Shard, size: number): Items => ({
  count: Math.max(Math.ceil((size - index + 1) / of), 0),
  at: (i) => index - 1 + i * of,
});
