import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { attempt, fixture } from './read-fixture.js';

const damage = (bytes: Uint8Array, changes: readonly (readonly [at: number, value: number])[]): Uint8Array => {
  const damaged = bytes.slice();
  for (const [at, value] of changes) damaged[at % bytes.length] = value;
  return damaged;
};

const changesOf = (most: number) => fc.array(fc.tuple(fc.nat(2 ** 20), fc.nat(255)), { minLength: 1, maxLength: most });

describe('damaged Keras files give an error or a network, never anything else', () => {
  it.each(['residual.h5', 'residual.keras'])('%s cut off', async (file) => {
    const bytes = await fixture(file);
    for (let end = 0; end < bytes.length; end += Math.ceil(bytes.length / 5)) {
      expect(typeof (await attempt(bytes.subarray(0, end), file))).toBe('string');
    }
  });

  it.each(['residual.h5', 'residual.keras'])('%s with changed bytes', { timeout: 120_000 }, async (file) => {
    const bytes = await fixture(file);
    await fc.assert(
      fc.asyncProperty(changesOf(10), async (changes) => {
        await attempt(damage(bytes, changes), file);
      }),
      { numRuns: 12 },
    );
  });

  it('with changed descriptions', { timeout: 120_000 }, async () => {
    const parts = unzipSync(await fixture('residual.keras'));
    const config = parts['config.json'] ?? new Uint8Array();
    const characters = fc.array(fc.tuple(fc.nat(config.length - 1), fc.constantFrom(...'0123456789[]{}",:-en.x')), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(characters, async (changes) => {
        const changed = changes.map(([at, character]) => [at, character.charCodeAt(0)] as const);
        await attempt(zipSync({ ...parts, 'config.json': damage(config, changed) }, { level: 0 }), 'residual.keras');
      }),
      { numRuns: 15 },
    );
  });
});
