import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { activateBackend, TFJS_VERSION } from './activate.js';
import type { Backend } from './backend.js';
import { withoutNewListeners } from './listeners.js';

const require = createRequire(import.meta.url);

/** WebAssembly with SIMD, on one thread: enough for tensor maths, and no worker keeps the process alive. */
export const wasm: Backend = {
  name: 'wasm',
  needs: 'nothing',
  mayUseGpu: () => false,
  async load() {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist') + sep);
    const activate = (): Promise<void> => withoutNewListeners(() => activateBackend('wasm'));
    return { version: TFJS_VERSION, device: 'WebAssembly, 1 thread', gpu: false, activate };
  },
};
