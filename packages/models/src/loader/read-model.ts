import { basename, dirname } from 'node:path';
import { decodeModelFile, type InputSpec, type ModelFile } from '@featurescope/core';
import { unsafePath } from './errors.js';
import { namesIn, readBeside, readModelFile, readTextBeside } from './files.js';
import type { FoundNetwork, ModelPlace } from './format.js';
import { parseLabels, parseSynsets } from './labels.js';
import type { LocatedModel } from './locate.js';
import { isFor, type PreprocessingFile, parsePreprocessing } from './preprocessing-file.js';
import { READERS } from './readers.js';

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
  const imported = await READERS[format](bytes, placeOf(path, size));
  const labels = (await readLabels(located, beside)) ?? imported.labels;
  return { network: imported.network, input: inputSpec(imported, located, beside), ...(labels && { labels }) };
};

/** What a format may read beside its file. */
const placeOf = (path: string, size: ModelPlace['size']): ModelPlace => ({
  path,
  ...(size && { size }),
  names: () => namesIn(dirname(path)),
  read: (name, limit = MAX_FILE) => readBeside(path, name, limit),
});

/** The description beside a model, unless it is of another model in the same folder. */
const readPreprocessing = async (path: string): Promise<PreprocessingFile | undefined> => {
  const folder = dirname(path);
  const text = await readTextBeside(folder, 'preprocessing.json');
  if (text === undefined) return undefined;
  const file = parsePreprocessing(text, `${folder}/preprocessing.json`);
  return isFor(file, basename(path)) ? file : undefined;
};

const inputSpec = (
  { network, size, fixedSize, preprocessing: ofFile }: FoundNetwork,
  { hub }: LocatedModel,
  beside: PreprocessingFile | undefined,
): InputSpec => {
  const channels = network.input.shape[2];
  const preprocessing = beside?.preprocessing(channels) ?? hub?.preprocessing ?? ofFile;
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
