import { RUNTIME_CHOICES, type RuntimeChoice } from '@featurescope/core';
import { loadCatalog } from '../config/load.js';
import type { Io } from '../io.js';
import { objectives } from '../objectives.js';
import { allArchitectures } from './architecture-flags.js';

/** One entry of a list: what `--json` prints, and a row of the table. */
export type ListEntry = Readonly<Record<string, string | number | boolean>> & { readonly name: string };

const RUNTIMES: Readonly<Record<RuntimeChoice, string>> = {
  auto: 'the best that is found: a GPU, else onnx with maths on wasm',
  tensorflow: 'TensorFlow.js on the TensorFlow library (tfjs-node-gpu or tfjs-node, if installed)',
  webgpu: 'TensorFlow.js on WebGPU, hardware adapters only (if installed)',
  onnx: 'network passes compiled for ONNX Runtime, maths on wasm',
  wasm: 'TensorFlow.js on WebAssembly',
  cpu: 'TensorFlow.js in plain JavaScript: slow, always there',
};

const listVisualizers = async (plugins: readonly string[], io: Io): Promise<ListEntry[]> =>
  [...(await loadCatalog(plugins, io.cwd)).visualizers].map(([name, { plugin, factory }]) => ({
    name,
    plugin,
    summary: factory.visualizer.summary,
  }));

const listObjectives = async (plugins: readonly string[], io: Io): Promise<ListEntry[]> => [
  ...Object.keys(objectives).map((name) => ({ name, plugin: 'core' })),
  ...(await loadCatalog(plugins, io.cwd)).plugins.flatMap(({ name: plugin, objectives: more = {} }) =>
    Object.keys(more).map((name) => ({ name, plugin })),
  ),
];

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const listOfModels = async (_plugins: readonly string[], io: Io): Promise<ListEntry[]> => {
  const { listModels } = await import('@featurescope/models');
  return (await listModels({ env: { ...io.env } })).map(({ name, origin, present, bytes, licence = '', summary }) => ({
    name,
    origin,
    present,
    size: bytes === undefined ? '' : megabytes(bytes),
    licence,
    summary,
  }));
};

const listArchitectures = async (plugins: readonly string[], io: Io): Promise<ListEntry[]> =>
  (await allArchitectures(plugins, io)).map(({ name, summary, options }) => ({
    name,
    options: Object.keys(options?.shape ?? {}).join(', '),
    summary,
  }));

const listRuntimes = async (): Promise<ListEntry[]> => RUNTIME_CHOICES.map((name) => ({ name, summary: RUNTIMES[name] }));

/** What can be listed, and how each list is made. */
export const TOPICS: Readonly<Record<string, (plugins: readonly string[], io: Io) => Promise<ListEntry[]>>> = {
  visualizers: listVisualizers,
  objectives: listObjectives,
  models: listOfModels,
  architectures: listArchitectures,
  runtimes: listRuntimes,
};
