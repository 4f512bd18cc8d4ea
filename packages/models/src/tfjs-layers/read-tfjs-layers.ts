import type { ReadFormat } from '../loader/format.js';
import { importTfjsLayers } from './import-tfjs-layers.js';
import { parseModelJson } from './schema.js';
import { readWeights } from './weights.js';

/** Reads a `model.json` and its weight files. */
export const readTfjsLayers: ReadFormat = async (bytes, { path, size, read }) => {
  const model = parseModelJson(new TextDecoder().decode(bytes), path);
  const weights = await readWeights(model.weightsManifest, path, read);
  return importTfjsLayers(model, weights, path, size ? { size } : {});
};
