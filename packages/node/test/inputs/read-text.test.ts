import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileInputLoader, sharpCodec } from '../../src/index.js';
import { temporaryFolder } from '../folder.js';

describe('a text beside the inputs', () => {
  it('is read from the folder that inputs count from', async () => {
    const root = await temporaryFolder();
    await mkdir(join(root, 'dogs'));
    await writeFile(join(root, 'dogs', 'parts.csv'), 'input,part\nhündchen,eye\n');
    const read = (source: string) => fileInputLoader(sharpCodec, root).readText?.(source);
    expect(await read('dogs/parts.csv')).toBe('input,part\nhündchen,eye\n');
    await expect(read('dogs/part.csv')).rejects.toThrow('There is no file "dogs/part.csv". Did you mean "dogs/parts.csv"?');
    await expect(read('dogs')).rejects.toThrow('The file "dogs" cannot be read: it is a folder, not a file.');
  });
});
