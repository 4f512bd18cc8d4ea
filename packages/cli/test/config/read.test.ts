import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findConfig } from '../../src/config/find.js';
import { readConfig } from '../../src/config/read.js';
import { defineConfig } from '../../src/index.js';
import { temporaryFolder } from '../support/folder.js';

const folder = temporaryFolder({
  'featurescope.config.ts': `import { defineConfig } from 'featurescope';
import { layers } from './layers';
const seed: number = 7;
export default defineConfig({ seed, inputs: layers, visualizers: [] });
export { defineConfig };`,
  'layers.ts': `export const layers: readonly string[] = ['a', 'b'];`,
  'plain.mjs': 'export default { seed: 3 };',
  'plain.json': '{ "seed": 4 }',
  'broken.json': '{ "seed": }',
  'broken.ts': 'export default {{',
  'throws.ts': 'throw new Error("no photos today\\nsecond line");',
  'missing.ts': `import { x } from './nowhere'; export default x;`,
  'silent.ts': 'export const config = {};',
  'config.yaml': 'seed: 1',
});

const read = (name: string) => readConfig(join(folder, name), name);

describe('a config file', () => {
  it('may be TypeScript that imports featurescope and its neighbours', async () => {
    expect(await read('featurescope.config.ts')).toEqual({ seed: 7, inputs: ['a', 'b'], visualizers: [] });
    expect(defineConfig).toBeTypeOf('function');
  });

  it('may be JavaScript or JSON', async () => {
    expect(await read('plain.mjs')).toEqual({ seed: 3 });
    expect(await read('plain.json')).toEqual({ seed: 4 });
  });

  it('is found by its name in the working directory', () => {
    expect(findConfig('featurescope run', undefined, folder)).toBe(join(folder, 'featurescope.config.ts'));
    expect(findConfig('featurescope run', 'plain.mjs', folder)).toBe(join(folder, 'plain.mjs'));
  });

  it('that cannot be read is an error in one line', async () => {
    await expect(read('broken.json')).rejects.toThrow(/^The config broken.json cannot be loaded: .+\.$/);
    await expect(read('broken.ts')).rejects.toThrow(/^The config broken.ts cannot be loaded: .+\.$/);
    await expect(read('throws.ts')).rejects.toThrow('The config throws.ts cannot be loaded: no photos today.');
    await expect(read('missing.ts')).rejects.toThrow(/^The config missing.ts cannot be loaded: Cannot find module '.\/nowhere'.*\.$/);
    await expect(read('silent.ts')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The config silent.ts has no default export: expected "export default defineConfig({ … })".]`,
    );
    expect(() => findConfig('featurescope run', 'config.yaml', folder)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: config.yaml is not a config that can be read: expected a file ending in .ts, .mts, .js, .mjs, .json.]`,
    );
  });
});
