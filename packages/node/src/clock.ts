import { setTimeout } from 'node:timers/promises';
import type { Clock } from '@featurescope/core';

export const systemClock: Clock = {
  now: () => Date.now(),
  async wait(milliseconds, signal) {
    try {
      await setTimeout(milliseconds, undefined, signal ? { signal } : {});
    } catch (error) {
      // Node gives an error of its own in place of the reason.
      signal?.throwIfAborted();
      throw error;
    }
  },
};
