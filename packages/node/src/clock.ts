import type { Clock } from '@featurescope/core';

export const systemClock: Clock = { now: () => Date.now() };
