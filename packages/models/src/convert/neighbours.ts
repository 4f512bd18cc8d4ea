import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { namesIn, readTextBeside } from '../loader/files.js';
import { parseLabels } from '../loader/labels.js';
import { isFor, type PreprocessingFile, parsePreprocessing } from '../loader/preprocessing-file.js';
import type { ReadModel } from '../loader/read-model.js';
import { type Description, LABELS_FILE, PREPROCESSING_FILE, samePreprocessing } from './description-files.js';
import { foreignDescription } from './errors.js';
import { stemOf } from './writers.js';

type Described = Pick<ReadModel, 'input' | 'labels'>;

/** Files that take their classes from `labels.txt`. */
const TAKES_LABELS = /(\.(onnx|caffemodel|prototxt|mat|h5|hdf5|keras)|^model\.json)$/;

/**
 * Which files of a description are still to be written into a folder. @throws FeaturescopeError when the folder describes another
 * model in their place, or its models would take them for theirs
 */
export const missingDescription = async (
  folder: string,
  file: string,
  model: Described,
  description: Description,
): Promise<ReadonlySet<string>> => {
  const missing = new Set<string>();
  if (await preprocessingMissing(folder, file, model, description)) missing.add(PREPROCESSING_FILE);
  if (await labelsMissing(folder, file, model.labels)) missing.add(LABELS_FILE);
  return missing;
};

const preprocessingMissing = async (folder: string, file: string, model: Described, { preprocessing }: Description): Promise<boolean> => {
  const path = join(folder, PREPROCESSING_FILE);
  const text = await readTextBeside(folder, PREPROCESSING_FILE);
  if (text === undefined) return preprocessing !== undefined;
  if (text === preprocessing) return false;
  const there = parsePreprocessing(text, path);
  if (!isFor(there, file)) {
    if (preprocessing === undefined) return false;
    throw foreignDescription(path, `describes another model, ${there.model}, and a folder has one such file`);
  }
  if (preprocessing === undefined) throw foreignDescription(path, `would be taken for that of ${file}, whose preprocessing is not known`);
  if (!saysTheSame(there, model)) throw foreignDescription(path, `says something else of ${file} than the model that it is made of`);
  return false;
};

const saysTheSame = (there: PreprocessingFile, { input, labels }: Described): boolean =>
  samePreprocessing(there.preprocessing(input.channels), input.preprocessing) &&
  isDeepStrictEqual(there.size, input.size) &&
  (there.labels === undefined || (labels !== undefined && there.labels === LABELS_FILE));

const labelsMissing = async (folder: string, file: string, labels: readonly string[] | undefined): Promise<boolean> => {
  const path = join(folder, LABELS_FILE);
  const text = await readTextBeside(folder, LABELS_FILE);
  if (text !== undefined) {
    if (labels === undefined) throw foreignDescription(path, `would be taken for the classes of ${file}, which has no labels`);
    if (!isDeepStrictEqual(parseLabels(text), [...labels])) throw foreignDescription(path, `holds other classes than those of ${file}`);
    return false;
  }
  if (labels === undefined) return false;
  const others = (await namesIn(folder)).filter((name) => TAKES_LABELS.test(name) && stemOf(name) !== stemOf(file));
  const [other] = others;
  if (other !== undefined) throw foreignDescription(path, `with the classes of ${file} would be taken for those of ${other} too`);
  return true;
};
