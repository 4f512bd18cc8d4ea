import * as tf from '@tensorflow/tfjs-core';
import { activateBackend } from './activate.js';
import type { Backend, LoadedBackend } from './backend.js';
import { findModule, importQuietly, isInstalled, reasonOf } from './modules.js';

/** In the order in which they are tried. */
const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

async function loadPackage(name: (typeof PACKAGES)[number]): Promise<LoadedBackend> {
  const { version, url } = findModule(name);
  // TensorFlow would otherwise tell on stderr which processor features it uses.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  await import('@tensorflow/tfjs');
  await importQuietly(url);
  const backend = tf.findBackend('tensorflow') as { isUsingGpuDevice?: boolean } | null;
  if (!backend) throw new Error(`${name} ${version} loaded but registered no backend`);
  const gpu = backend.isUsingGpuDevice === true;
  const device = `${name}, ${gpu ? 'GPU' : 'CPU'}`;
  return { version, device, gpu, activate: () => activateBackend('tensorflow', gpu ? 'tensorflow-gpu' : 'tensorflow') };
}

/** TensorFlow's C library. The package being there means nothing: it often lacks its binding, so it has to load. */
export const tensorflow: Backend = {
  name: 'tensorflow',
  needs: `${PACKAGES.join(' (CUDA) or ')}, with its native binding`,
  mayUseGpu: () => isInstalled(PACKAGES[0]),
  async load() {
    const installed = PACKAGES.filter(isInstalled);
    if (installed.length === 0) throw new Error(`neither ${PACKAGES.join(' nor ')} is installed`);
    const reasons: string[] = [];
    for (const name of installed) {
      try {
        return await loadPackage(name);
      } catch (error) {
        reasons.push(`${name} does not load: ${reasonOf(error)}`);
      }
    }
    throw new Error(reasons.join('; '));
  },
};
