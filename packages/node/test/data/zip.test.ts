import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openZip } from '../../src/data/zip.js';
import { temporaryFolder } from '../folder.js';

const root = await temporaryFolder();
let count = 0;
const put = async (bytes: Uint8Array): Promise<string> => {
  const path = join(root, `${count++}.zip`);
  await writeFile(path, bytes);
  return path;
};
const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const FILES = { 'a/1.txt': text('one'), 'a/2.txt': text('two '.repeat(1000)), 'ä/3.txt': text('') };

describe('openZip', () => {
  it.each([0, 6] as const)('reads entries of compression level %i, several at once', async (level) => {
    const { entries, read } = await openZip(await put(zipSync(FILES, { level, comment: 'a comment' })));
    expect(entries.map(({ name, size }) => [name, size])).toEqual([
      ['a/1.txt', 3],
      ['a/2.txt', 4000],
      ['ä/3.txt', 0],
    ]);
    const contents = await Promise.all(entries.map(async (entry) => Buffer.from(await read(entry)).toString()));
    expect(contents).toEqual(['one', 'two '.repeat(1000), '']);
  });

  it('refuses what is no archive', async () => {
    await expect(openZip(await put(text('hello')))).rejects.toThrow(/it is too short/);
    await expect(openZip(await put(new Uint8Array(100)))).rejects.toThrow(/it has no table of contents/);
  });

  it('refuses to unpack more than the table of contents says', async () => {
    const bytes = Buffer.from(zipSync({ x: new Uint8Array(10_000) }, { level: 6 }));
    bytes.writeUInt32LE(10, bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    const { entries, read } = await openZip(await put(bytes));
    const [entry] = entries;
    await expect(entry && read(entry)).rejects.toThrow(/the entry "x" cannot be unpacked/);
  });

  it('answers any damage with an error of its own or with some content', async () => {
    const whole = zipSync(FILES, { level: 6 });
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(whole.length), async (at, flip, length) => {
        const bytes = whole.slice(0, length > whole.length / 2 ? whole.length : whole.length - length);
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ flip;
        try {
          const { entries, read } = await openZip(await put(bytes));
          for (const entry of entries) await read(entry);
        } catch (error) {
          expect(error).toMatchObject({ code: 'dataset/bad-archive', category: 'usage' });
        }
      }),
      { numRuns: 150 },
    );
  });
});
