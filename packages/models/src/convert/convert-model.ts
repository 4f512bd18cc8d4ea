import { basename, dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createRandom, type Extent, FeaturescopeError, isFeaturescopeError, type Network } from '@featurescope/core';
import { formatOf } from '../loader/format.js';
import { type LocateOptions, locateModel } from '../loader/locate.js';
import { type ReadModel, readModel } from '../loader/read-model.js';
import type { Precision } from '../onnx/index.js';
import { type Comparison, compareModels, type RunNetwork } from './compare.js';
import { type Description, descriptionOf, LABELS_FILE, PREPROCESSING_FILE, samePreprocessing } from './description-files.js';
import { outputsDiffer, tooLargeToWrite, unreadableConversion } from './errors.js';
import type { TargetFormat } from './format.js';
import { missingDescription } from './neighbours.js';
import { newFiles, placeFiles } from './placement.js';
import { stemOf, targetFormat } from './writers.js';

/**
 * Largest difference relative to the largest output. Single precision is rounded in another order; half precision keeps eleven
 * bits of each weight, which a softmax over large scores turns into a few hundredths.
 */
export const TOLERANCE: Readonly<Record<Precision, number>> = { float32: 1e-4, float16: 5e-2 };

/** Longer files cannot be read in one piece; names and layers take a part of it. */
const MOST_BYTES = 2 ** 31 - 2 ** 24;

export interface ConvertOptions extends LocateOptions {
  /** How weights are stored. Default: `float32`. */
  readonly precision?: Precision;
  /** Runs both models for the comparison; left out: they are not compared. */
  readonly run?: RunNetwork;
  /** Start of the random pictures. Default: 1. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

/** What came of a conversion. */
export interface Conversion {
  /** Name of the model that was converted. */
  readonly model: string;
  readonly format: string;
  readonly precision: Precision;
  /** Absolute paths of all that belongs to the converted model, the file asked for first. */
  readonly files: readonly string[];
  /** Height and width that the converted model is for alone, where the original takes any. */
  readonly onlySize?: Extent;
  /** Undefined when nothing was compared. */
  readonly check?: Comparison & { readonly tolerance: number };
}

/**
 * Writes a model in the format that the ending of `file` names, with what is needed to use it as the original is used. It is read
 * again, compared with the original and only then put in its place.
 * @throws FeaturescopeError when the model or the format does not allow it, other files are in the way, or outputs differ
 */
export const convertModel = async (source: string | undefined, file: string, options: ConvertOptions = {}): Promise<Conversion> => {
  const { precision = 'float32', cwd = process.cwd(), signal } = options;
  const target = resolve(cwd, file);
  const format = targetFormat(target, precision);
  const located = await locateModel(source, options);
  const model = await readModel(located);
  checkLength(file, model.network, precision);
  signal?.throwIfAborted();

  const stem = stemOf(target);
  const folder = dirname(target);
  const description = format.describesInput ? {} : descriptionOf(model, stem);
  const write = await format.load();
  const written = asWrongUse(() => write({ ...model, name: located.name }, stem, { precision }));
  const wanted = new Set((await newFiles(folder, written, located.path)).keys());
  if (!format.describesInput) for (const name of await missingDescription(folder, basename(target), model, description)) wanted.add(name);
  const files = new Map([...texts(description), ...written]);

  const check = await placeFiles(folder, files, wanted, async (temporary) => {
    signal?.throwIfAborted();
    const checked = options.run && (await compare(located.name, model, join(temporary, basename(target)), format, options));
    signal?.throwIfAborted();
    return checked;
  });
  const names = [basename(target), ...[...files.keys()].reverse().filter((name) => name !== basename(target))];
  return {
    model: located.name,
    format: format.name,
    precision,
    files: names.map((name) => join(folder, name)),
    ...(!format.anySize && !model.input.fixedSize && { onlySize: model.input.size }),
    ...(check && { check }),
  };
};

/** What a format cannot hold is no failure of the run, whoever says so. */
const asWrongUse = <T>(write: () => T): T => {
  try {
    return write();
  } catch (error) {
    if (!isFeaturescopeError(error)) throw error;
    throw new FeaturescopeError(error.code, error.message, { cause: error });
  }
};

const checkLength = (file: string, { weights }: Network, precision: Precision): void => {
  let bytes = 0;
  for (const { data } of weights.values()) bytes += data.length * (precision === 'float16' ? 2 : 4);
  if (bytes > MOST_BYTES) throw tooLargeToWrite(file, bytes, MOST_BYTES);
};

const texts = ({ preprocessing, labels }: Description): ReadonlyMap<string, Uint8Array> => {
  const encoder = new TextEncoder();
  return new Map([
    ...(labels === undefined ? [] : [[LABELS_FILE, encoder.encode(labels)] as const]),
    ...(preprocessing === undefined ? [] : [[PREPROCESSING_FILE, encoder.encode(preprocessing)] as const]),
  ]);
};

/** @throws FeaturescopeError when the file cannot be read, or does not give what the model gives */
const compare = async (
  name: string,
  model: ReadModel,
  path: string,
  format: TargetFormat,
  { precision = 'float32', seed = 1, run }: ConvertOptions,
): Promise<Conversion['check']> => {
  if (run === undefined) return undefined;
  const converted = await readAgain(path);
  const changed = changedDescription(model, converted);
  if (changed !== undefined) throw outputsDiffer(basename(path), name, `Its ${changed} cannot be kept in ${format.name}.`);
  const comparison = await compareModels({ name, original: model, converted, anySize: format.anySize, run, random: createRandom(seed) });
  const tolerance = TOLERANCE[precision];
  if (comparison.largestDifference <= tolerance) return { ...comparison, tolerance };
  const { largestDifference, layer } = comparison;
  const found = Number.isNaN(largestDifference)
    ? `What stands for its layer "${layer}" is missing or has another shape.`
    : `The largest difference, at the layer "${layer}", is ${largestDifference.toExponential(1)} of its largest value; at most ${tolerance} is allowed.`;
  throw outputsDiffer(basename(path), name, found);
};

const readAgain = async (path: string): Promise<ReadModel> => {
  try {
    return await readModel({ name: stemOf(path), origin: 'file', path, format: formatOf(path) });
  } catch (error) {
    if (!isFeaturescopeError(error)) throw error;
    throw unreadableConversion(basename(path), error);
  }
};

/** What of the input specification and the labels is another one; undefined when nothing is. */
const changedDescription = (model: ReadModel, converted: ReadModel): string | undefined => {
  if (converted.input.channels !== model.input.channels) return 'number of input channels';
  if (!isDeepStrictEqual([...converted.input.size], [...model.input.size])) return 'input size';
  if (!samePreprocessing(model.input.preprocessing, converted.input.preprocessing)) return 'preprocessing';
  return isDeepStrictEqual(model.labels, converted.labels) ? undefined : 'list of classes';
};
