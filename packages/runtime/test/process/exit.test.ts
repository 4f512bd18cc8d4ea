import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { TESTED } from '../backend.js';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Runs `start.ts` in a process of its own; a process that does not end by itself is killed and fails the test. */
function start(choice: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const options = ['--conditions=@featurescope/source', '--import', here('typescript.mjs')];
  return spawnSync(process.execPath, [...options, here('start.ts'), choice], { encoding: 'utf8', timeout: 170_000 });
}

describe('a process that has used a runtime ends by itself and leaves no handler behind', () => {
  it.each(TESTED)(
    '%s',
    (backend) => {
      const { status, stdout, stderr } = start(backend);
      expect({ status, stdout }).toEqual({ status: 0, stdout: `tfjs ${backend} 48\ntfjs ${backend} 48\nlisteners unchanged\n` });
      // Native libraries have their own messages.
      if (backend === 'wasm' || backend === 'cpu') expect(stderr).toBe('');
    },
    180_000,
  );

  it('onnx', () => {
    expect(start('onnx')).toMatchObject({ status: 0, stdout: 'onnx wasm 48\ntfjs wasm 48\nlisteners unchanged\n', stderr: '' });
  }, 180_000);
});
