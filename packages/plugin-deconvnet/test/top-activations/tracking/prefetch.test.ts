import { describe, expect, it } from 'vitest';
import { prefetched } from '../../../src/top-activations/tracking/prefetch.js';

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('prefetched', () => {
  it('reads ahead, gives in order, and waits for what it has begun when it is left', async () => {
    let [running, most, finished] = [0, 0, 0];
    const read = async (index: number): Promise<number> => {
      most = Math.max(most, ++running);
      await later(5 - (index % 5));
      running--;
      finished++;
      return index;
    };
    const seen: number[] = [];
    for await (const index of prefetched(40, 3, read)) {
      seen.push(index);
      if (index === 20) break;
    }
    expect(seen).toEqual(Array.from({ length: 21 }, (_, i) => i));
    // The one whose turn it is, and three ahead of it.
    expect(most).toBe(4);
    expect([running, finished]).toEqual([0, 24]);
  });

  it('fails in its turn, and with nothing unhandled after it', async () => {
    const read = async (index: number): Promise<number> => {
      if (index >= 2) throw new Error(`no ${index}`);
      await later(3);
      return index;
    };
    const seen: number[] = [];
    const all = async (): Promise<void> => {
      for await (const index of prefetched(9, 4, read)) seen.push(index);
    };
    await expect(all()).rejects.toThrow('no 2');
    expect(seen).toEqual([0, 1]);
  });
});
