import { basename, dirname } from 'node:path';
import { decodeModelFile, type InputSpec, type ModelFile } from '@featurescope/core';
import type { ImportedNetwork } from '../imported-network.js';
import { decodeOnnx, externalFiles, importOnnx } from '../onnx/index.js';
import { importTfjsLayers, parseModelJson, readWeights } from '../tfjs-layers/index.js';
import { unsafePath } from './errors.js';
import { readBeside, readModelFile, readTextBeside } from './files.js';
import { parseLabels, parseSynsets } from './labels.js';
import type { LocatedModel } from './locate.js';
import { type PreprocessingFile, parsePreprocessing } from './preprocessing-file.js';

/** Largest weight file that is read in one piece. */
const MAX_FILE = 2 ** 31 - 1;

/** A network with its input specification and labels, from whatever file it was found in. */
export type ReadModel = Pick<ModelFile, 'network' | 'input' | 'labels' | 'details'>;

/** Reads a model file and the `preprocessing.json` and `labels.txt` beside it. @throws FeaturescopeError naming the file and what is wrong */
export const readModel = async (located: LocatedModel): Promise<ReadModel> => {
  const { path, format } = located;
  const bytes = await readModelFile(path);
  if (format === 'safetensors') {
    const { network, input, labels, details } = decodeModelFile(bytes, path);
    return { network, input, ...(labels && { labels }), ...(details && { details }) };
  }
  const beside = await readPreprocessing(path);
  const size = beside?.size ?? located.hub?.size;
  const imported = format === 'onnx' ? await readOnnx(bytes, path, size) : await readTfjsLayers(bytes, path, size);
  const labels = await readLabels(located, beside);
  return { network: imported.network, input: inputSpec(imported, located, beside), ...(labels && { labels }) };
};

const readOnnx = async (bytes: Uint8Array, path: string, size: readonly [number, number] | undefined): Promise<ImportedNetwork> => {
  const file = decodeOnnx(bytes, path);
  const external = new Map<string, Uint8Array>();
  for (const name of externalFiles(file)) external.set(name, await readBeside(path, name, MAX_FILE));
  return importOnnx(file, path, { external, ...(size && { size }) });
};

const readTfjsLayers = async (bytes: Uint8Array, path: string, size: readonly [number, number] | undefined): Promise<ImportedNetwork> => {
  const model = parseModelJson(new TextDecoder().decode(bytes), path);
  const weights = await readWeights(model.weightsManifest, path, (shard, limit) => readBeside(path, shard, limit));
  return importTfjsLayers(model, weights, path, size ? { size } : {});
};

/** The description beside a model, unless it is of another model in the same folder. */
const readPreprocessing = async (path: string): Promise<PreprocessingFile | undefined> => {
  const folder = dirname(path);
  const text = await readTextBeside(folder, 'preprocessing.json');
  if (text === undefined) return undefined;
  const file = parsePreprocessing(text, `${folder}/preprocessing.json`);
  return file.model === undefined || file.model === basename(path) ? file : undefined;
};

const inputSpec = (
  { network, size, fixedSize }: ImportedNetwork,
  { hub }: LocatedModel,
  beside: PreprocessingFile | undefined,
): InputSpec => {
  const channels = network.input.shape[2];
  const preprocessing = beside?.preprocessing(channels) ?? hub?.preprocessing;
  const recommended = beside?.size ?? hub?.size;
  return { size: fixedSize ? size : (recommended ?? size), channels, fixedSize, ...(preprocessing && { preprocessing }) };
};

const readLabels = async (
  { path, hub, labelsPath }: LocatedModel,
  beside: PreprocessingFile | undefined,
): Promise<readonly string[] | undefined> => {
  if (Array.isArray(hub?.labels)) return hub.labels;
  if (labelsPath !== undefined) return parseSynsets(new TextDecoder().decode(await readModelFile(labelsPath)));
  const name = beside?.labels ?? 'labels.txt';
  if (basename(name) !== name || name === '..') throw unsafePath(`${dirname(path)}/preprocessing.json`, name);
  const text = await readTextBeside(dirname(path), name);
  return text === undefined ? undefined : parseLabels(text);
};
