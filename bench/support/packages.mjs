// The built packages, TensorFlow.js as they see it, and what the benchmarks make of them.
import { createRequire } from 'node:module';

const built = (name) => import(new URL(`../../packages/${name}/dist/index.js`, import.meta.url));

export const [core, runtime, models] = await Promise.all([built('core'), built('runtime'), built('models')]);

const require = createRequire(new URL('../../packages/runtime/package.json', import.meta.url));
export const tf = require('@tensorflow/tfjs');
require('@tensorflow/tfjs-backend-wasm');
await tf.setBackend('wasm');

/** A network with random weights for inputs of this shape. */
export function withRandomWeights(network, shape) {
  const random = core.createRandom('benchmark');
  const options = { kernel: 'he', deviation: 0.01, bias: 0.1 };
  return { ...network, weights: core.initializeWeights(network, shape, options, random) };
}
