import { executorConformance } from '@featurescope/core/testing';
import '@tensorflow/tfjs';
import { setBackend } from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { createOnnxExecutor } from '../../src/onnx/index.js';

executorConformance({
  createExecutor: async () => {
    await setBackend('cpu');
    return createOnnxExecutor({ threads: 1 });
  },
  describe,
  it,
});
