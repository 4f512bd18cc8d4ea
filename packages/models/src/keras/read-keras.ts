import { isHdf5, openHdf5 } from '../hdf5/index.js';
import type { ReadFormat } from '../loader/format.js';
import { isArchive, openArchive } from './archive.js';
import { readArchiveWeights } from './archive-weights.js';
import { invalidArchive, invalidModel, oldKeras, weightsOnly } from './errors.js';
import { readH5Weights } from './h5-weights.js';
import { importKeras } from './import-keras.js';
import { isModel, KERAS_LAYER, type KerasLayer, parseJson } from './schema.js';
import type { KerasSource } from './source.js';

/** Reads a Keras model that was saved whole: `.h5` of Keras 2 and 3, `.keras` of Keras 2 and 3, by what they contain. */
export const readKeras: ReadFormat = async (bytes, { path, size }) => {
  const source: KerasSource = { path, format: 'keras' };
  const options = size ? { size } : {};
  if (!isArchive(bytes) && !isHdf5(bytes) && path.toLowerCase().endsWith('.keras')) throw invalidArchive(path, 'it is no zip archive');
  const { model, weights } = isArchive(bytes) ? await readArchive(bytes, source) : await readH5(bytes, source);
  return importKeras(model, weights, source, options);
};

const readArchive = async (bytes: Uint8Array, source: KerasSource) => {
  const archive = openArchive(bytes, source.path);
  const model = parseModel(parseJson(archive.config, source, 'config.json'), source);
  const file = await openHdf5(archive.weights, `${source.path}/model.weights.h5`);
  try {
    return { model, weights: readArchiveWeights(file, model, source) };
  } finally {
    file.close();
  }
};

const readH5 = async (bytes: Uint8Array, source: KerasSource) => {
  const file = await openHdf5(bytes, source.path);
  try {
    const config = file.attribute('/', 'model_config');
    if (typeof config !== 'string') throw weightsOnly(source.path);
    const version = file.attribute('/', 'keras_version');
    if (typeof version === 'string' && /^[01]\./.test(version)) throw oldKeras(source.path, version);
    const model = parseModel(parseJson(config, source, 'model_config'), source);
    return { model, weights: readH5Weights(file, '/model_weights', model, source) };
  } finally {
    file.close();
  }
};

const parseModel = (json: unknown, source: KerasSource): KerasLayer => {
  const parsed = KERAS_LAYER.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalidModel(source, `${issue?.path.join('.') || 'its configuration'}: ${issue?.message}`);
  }
  if (isModel(parsed.data)) return parsed.data;
  throw invalidModel(
    source,
    `its class is ${parsed.data.class_name}; expected Sequential or Functional (a model of own code cannot be read)`,
  );
};
