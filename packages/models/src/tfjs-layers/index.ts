export { importTfjsLayers } from './import-tfjs-layers.js';
export { type ModelJson, parseModelJson } from './schema.js';
export { type ReadShard, readWeights } from './weights.js';
