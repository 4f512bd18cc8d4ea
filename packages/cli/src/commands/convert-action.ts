import { relative } from 'node:path';
import { EXECUTOR_FACTORY, type RuntimeChoice } from '@featurescope/core';
import { type Conversion, convertModel, type RunNetwork } from '@featurescope/models';
import * as tf from '@tensorflow/tfjs-core';
import type { ExitCode, Invocation } from '../command.js';
import { missingArgument, tooManyArguments } from '../errors.js';
import { downloadLines } from '../report/download.js';
import { createServices } from '../services/compose.js';
import { convertOptions } from './convert.js';

const COMMAND = 'featurescope convert';
const EXPECTED = 'a model and a file to write';

/** What is to be converted, and into what. */
const wanted = ({ positionals, common }: Invocation): readonly [model: string, file: string] => {
  const given = common.model === undefined ? positionals : [common.model, ...positionals];
  const [model, file] = given;
  if (model === undefined || file === undefined) throw missingArgument(COMMAND, EXPECTED);
  if (given.length > 2) throw tooManyArguments(COMMAND, given, EXPECTED);
  return [model, file];
};

/** Runs networks on the executor of a runtime, which is started with the first. */
const runOn =
  (runtime: RuntimeChoice | undefined, cwd: string): RunNetwork =>
  async (network, pictures, layers) => {
    const services = await createServices({ cwd, ...(runtime && { runtime }) });
    try {
      const executor = await services.resolve(EXECUTOR_FACTORY).create();
      const compiled = await executor.compile(network);
      try {
        const results: Map<string, Float32Array>[] = [];
        for (const { shape, data } of pictures) {
          const input = tf.tensor4d(data, [...shape]);
          const found = await compiled.forward(input, layers);
          const values = new Map<string, Float32Array>();
          for (const [layer, tensor] of found) values.set(layer, Float32Array.from(await tensor.data()));
          tf.dispose([input, ...found.values()]);
          results.push(values);
        }
        return results;
      } finally {
        compiled.dispose();
      }
    } finally {
      await services.dispose();
    }
  };

const checkedText = ({ check }: Conversion): string => {
  if (check === undefined) return 'not checked';
  const { largestDifference: difference, inputs } = check;
  return `checked: largest difference ${difference === 0 ? 0 : difference.toExponential(1)} of the largest output over ${inputs} inputs`;
};

/** The report for people. */
const conversionText = (conversion: Conversion, cwd: string): string => {
  const { model, format, files, onlySize } = conversion;
  const names = files.map((file) => relative(cwd, file));
  const shown = names.map((name, i) => (name.startsWith('..') ? (files[i] ?? name) : name));
  const size = onlySize && `for pictures of ${onlySize.join('×')} only: ${format} files are for one size`;
  return [`${model} → ${shown.join(', ')}`, ...(size ? [size] : []), checkedText(conversion), ''].join('\n');
};

/** Converts a model; nothing is left in the folder when it fails or is interrupted. */
export const convertAction = async (invocation: Invocation): Promise<ExitCode> => {
  const { io, common, options } = invocation;
  const [model, file] = wanted(invocation);
  const { precision, check } = convertOptions.parse(options);
  const abort = new AbortController();
  const release = io.onInterrupt(() => abort.abort());
  try {
    const conversion = await convertModel(model, file, {
      precision,
      env: { ...io.env },
      cwd: io.cwd,
      download: { onProgress: downloadLines(io.stderr, common.quiet === true) },
      signal: abort.signal,
      ...(common.seed !== undefined && { seed: common.seed }),
      ...(check && { run: runOn(common.runtime, io.cwd) }),
    });
    if (common.json === true) io.stdout.write(`${JSON.stringify(conversion, null, 2)}\n`);
    else if (common.quiet !== true) io.stdout.write(conversionText(conversion, io.cwd));
    return 0;
  } catch (error) {
    if (abort.signal.aborted) return 130;
    throw error;
  } finally {
    release();
  }
};
