import { tinyModelFile } from '../support/model.js';
import { constantArray, npyFile } from '../support/npy.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const nan = new Uint8Array(new Float32Array(12 * 10 * 3).fill(Number.NaN).buffer);

const visualizer = (name: string, option = 'strength') => `import { defineVisualizer } from '@featurescope/core';
import { z } from 'zod';
export const one = defineVisualizer({
  name: '${name}', summary: 'does nothing', options: z.strictObject({ ${option}: z.number().default(1).describe('unused') }),
  async *run() {},
});`;

/** Files that go wrong in one way each, and some that are right. */
export const files: Readonly<Record<string, string | Uint8Array>> = {
  'right.npy': constantArray([12, 10, 3]),
  'tiny.safetensors': tinyModelFile(),
  'empty/.keep': '',
  'notes.txt': 'no picture',
  'text.png': 'no picture',
  'empty.png': '',
  'file.txt': 'a file, not a folder',
  'text.npy': 'no array at all',
  'short.npy': constantArray([12, 10, 3]).subarray(0, 500),
  'complex.npy': npyFile({ descr: '<c8', shape: [4, 4, 3], data: new Uint8Array(4 * 4 * 3 * 8) }),
  'object.npy': npyFile({ descr: '|O', shape: [4, 4, 3], data: new Uint8Array(64) }),
  'nan.npy': npyFile({ descr: '<f4', shape: [12, 10, 3], data: nan }),
  'rank4.npy': constantArray([1, 12, 10, 3]),
  'none.npy': constantArray([0, 10, 3]),
  'grey.npy': constantArray([12, 10]),
  'broken.onnx': bytes('this is no protocol buffer at all'),
  'empty.onnx': '',
  'broken.safetensors': 'not safetensors',
  'tfjs/model.json': '{ "format": "layers-model" }',
  'json/model.json': '{ not json',
  'model.pt': 'weights of another tool',
  'config.yaml': 'seed: 1',
  'syntax.config.ts': 'export default {{',
  'silent.config.ts': 'export const config = {};',
  'throws.config.ts': 'throw new Error("no photos today");',
  'number.config.ts': 'export default 42;',
  'field.config.ts': `import { defineConfig, dream } from 'featurescope'; export default defineConfig({ vizualizers: [dream()] });`,
  'empty.config.ts': `import { defineConfig } from 'featurescope'; export default defineConfig({ visualizers: [] });`,
  'seed.config.ts': `import { defineConfig, dream } from 'featurescope'; export default defineConfig({ seed: 'x', visualizers: [dream()] });`,
  'option.config.ts': `import { defineConfig, dream } from 'featurescope'; export default defineConfig({ visualizers: [dream({ octavs: 3 })] });`,
  'uncalled.config.ts': `import { defineConfig, dream } from 'featurescope'; export default defineConfig({ visualizers: [dream] });`,
  'import.config.ts': `import { daydream } from './daydream'; export default { visualizers: [daydream()] };`,
  'plugin.config.ts': `import { defineConfig, dream } from 'featurescope'; export default defineConfig({ plugins: [42], visualizers: [dream()] });`,
  'broken.json': '{ "visualizers": }',
  'unknown.json': '{ "visualizers": ["deram"] }',
  'inputs.json': '{ "visualizers": ["gradient"] }',
  'value.json': '{ "visualizers": [{ "visualizer": "dream", "options": { "octaves": 0 } }] }',
  'architecture.training.json': '{ "architecture": "photonett", "data": { "sources": ["empty"], "size": 8 } }',
  'data.training.json':
    '{ "architecture": { "name": "photonet", "options": { "width": 0.1 } }, "data": { "sources": ["nowhere"], "size": 8 } }',
  'field.training.json': '{ "architecture": "photonet", "data": { "sources": ["empty"], "size": 8 }, "epoch": 3 }',
  'nothing.js': 'export const answer = 42;',
  'throws.js': 'throw new Error("plugin is unwell");',
  'syntax.js': 'export const = 3;',
  'clash.ts': visualizer('dream'),
  'command.ts': visualizer('list'),
  'shadow.ts': visualizer('shadow', 'seed'),
  'undescribed.ts': `import { defineVisualizer } from '@featurescope/core'; import { z } from 'zod';
export const v = defineVisualizer({ name: 'mute', summary: 's', options: z.strictObject({ a: z.number().default(1) }), async *run() {} });`,
};
