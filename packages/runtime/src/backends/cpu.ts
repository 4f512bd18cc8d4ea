import * as tf from '@tensorflow/tfjs-core';
import { activateBackend, TFJS_VERSION } from './activate.js';
import type { Backend } from './backend.js';

/** Plain JavaScript: always there, very slow. */
export const cpu: Backend = {
  name: 'cpu',
  needs: 'nothing',
  mayUseGpu: () => false,
  async load() {
    await import('@tensorflow/tfjs');
    // At its first use the backend would advise on the console to install another one.
    const backend: { firstUse?: boolean } | undefined = tf.findBackend('cpu') as object | undefined;
    if (backend) backend.firstUse = false;
    return { version: TFJS_VERSION, device: 'JavaScript, 1 thread', gpu: false, activate: () => activateBackend('cpu') };
  },
};
