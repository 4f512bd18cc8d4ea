import * as tf from '@tensorflow/tfjs-core';
import { repairKernels } from '../repairs/index.js';
import type { RepairedBackend } from '../repairs/repair.js';
import type { BackendName } from './backend.js';

export const TFJS_VERSION = tf.version_core;

/** Makes a registered backend the active one, with gradients and repaired kernels. */
export async function activateBackend(name: BackendName, flavour: RepairedBackend = name): Promise<void> {
  // The core package registers no gradients; the union package does.
  await import('@tensorflow/tfjs');
  if (!(await tf.setBackend(name)) || tf.getBackend() !== name) throw new Error(`TensorFlow.js could not start its ${name} backend`);
  await tf.ready();
  repairKernels(name, flavour);
}
