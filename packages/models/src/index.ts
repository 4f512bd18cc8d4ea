export * from './architectures/index.js';
export { registerModels } from './container.js';
export * from './convert/index.js';
export * from './hub/index.js';
export type { ImportedNetwork } from './imported-network.js';
export * from './loader/index.js';
export * from './onnx/index.js';
export * from './tfjs-layers/index.js';
