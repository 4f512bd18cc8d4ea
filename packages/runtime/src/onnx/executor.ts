import type { Executor } from '@featurescope/core';
import { OnnxNetwork } from './compiled-network.js';
import type { SessionOptions } from './session.js';

export interface OnnxExecutorOptions extends SessionOptions {
  /** How many compiled passes one network keeps. Default: 16. */
  readonly passes?: number;
}

/** Runs whole passes (forward, seed and backward in one graph) in ONNX Runtime on the processor. */
export const createOnnxExecutor = (options: OnnxExecutorOptions = {}): Executor => ({
  name: 'onnx',
  compile: async (network, { trainable = false } = {}) => new OnnxNetwork(network, trainable, options),
});
