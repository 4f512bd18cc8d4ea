import { executorConformance } from '@featurescope/core/testing';
import '@tensorflow/tfjs';
import { setBackend } from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { createOnnxExecutor } from '../../src/onnx/index.js';

executorConformance({
  createExecutor: async () => {
    await setBackend('cpu');
    const { name, compile } = createOnnxExecutor({ threads: 1 });
    return { name, compile: (network) => compile(network, { trainable: true }) };
  },
  describe,
  it,
});
