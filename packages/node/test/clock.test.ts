import { describe, expect, it } from 'vitest';
import { systemClock } from '../src/clock.js';

describe('the clock', () => {
  it('waits as long as it is told', async () => {
    const start = performance.now();
    await systemClock.wait(60);
    expect(performance.now() - start).toBeGreaterThanOrEqual(55);
  });

  it.each([true, false])('ends a wait with the reason of the signal (aborted before: %s)', async (before) => {
    const reason = new Error('enough');
    const cancelling = new AbortController();
    if (before) cancelling.abort(reason);
    const waiting = systemClock.wait(60_000, cancelling.signal);
    cancelling.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });
});
