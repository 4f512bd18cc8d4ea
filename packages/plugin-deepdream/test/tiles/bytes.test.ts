import { describe, expect, it } from 'vitest';
import { parseBytes } from '../../src/tiles/bytes.js';

describe('an amount of memory', () => {
  it.each([
    ['2GB', 2e9],
    ['1500MB', 1.5e9],
    ['1500', 1.5e9],
    ['1.5 gb', 1.5e9],
    ['512MiB', 536_870_912],
    ['2GiB', 2_147_483_648],
    ['100000B', 100_000],
  ])('%s is %i bytes', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  it.each(['', 'GB', '2 gigabytes', '-1GB', '0', '0.0000001', '1e3', '2GB!', '2,5GB', 'constructor', '9999999999TB'])(
    'is not "%s"',
    (text) => {
      expect(() => parseBytes(text)).toThrow(expect.objectContaining({ code: 'dream/memory', category: 'usage' }));
    },
  );

  it('names what was given and what is expected', () => {
    expect(() => parseBytes('lots')).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: --memory lots is no amount of memory; expected a number with B, KB, MB, GB, KiB, MiB or GiB after it, such as 2GB, or a number of megabytes such as 1500]`,
    );
  });
});
