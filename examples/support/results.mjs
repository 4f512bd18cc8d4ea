import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const PICTURES = ['image', 'plot', 'animation'];

/** Artifacts of a folder of results, in the order of its runs. */
const artifactsOf = (folder) => JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8')).runs.flatMap(({ artifacts }) => artifacts);

const isNamed = (name, patterns) => patterns.some((pattern) => (typeof pattern === 'string' ? pattern === name : pattern.test(name)));

/** Paths of pictures and plots, by names or patterns of names; those of one input, where it is among them. */
export function picturesOf(folder, names, input) {
  const found = artifactsOf(folder).filter(({ kind, name }) => PICTURES.includes(kind) && isNamed(name, names));
  const of = input === undefined ? [] : found.filter((artifact) => artifact.input === input);
  return (of.length > 0 ? of : found).map(({ path }) => `${folder}${path}`);
}

const four = (value) => Number(value.toPrecision(4));

/** Warnings, and the series of each run and of each input: a number, or the first and the last of how many. */
export function metricLines(folder) {
  const lines = [];
  const series = new Map();
  for (const line of readFileSync(`${folder}events.ndjson`, 'utf8').trim().split('\n')) {
    const event = JSON.parse(line);
    if (event.type === 'warning') lines.push(`run ${event.index + 1}: ${event.message}`);
    if (event.type !== 'metric') continue;
    const key = [`run ${event.index + 1}`, ...(event.input === undefined ? [] : [event.input]), event.series].join(', ');
    series.set(key, [...(series.get(key) ?? []), event.value]);
  }
  for (const [key, values] of series) {
    const falls = values.filter((value, i) => i > 0 && value < values[i - 1]).length;
    const way = values.length === 1 ? '' : ` → ${four(values.at(-1))} in ${values.length} iterations, ${falls} of them downwards`;
    lines.push(`${key}: ${four(values[0])}${way}`);
  }
  return lines;
}

/** Paths of tables. */
export const tablesOf = (folder, ...names) =>
  artifactsOf(folder)
    .filter(({ kind, name }) => kind === 'table' && isNamed(name, names))
    .map(({ path }) => `${folder}${path}`);

/** Tables by their names, with numbers of four digits. */
export const tableLines = (folder, names) =>
  tablesOf(folder, ...names).flatMap((path) => [
    basename(path),
    ...readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => `  ${line.replace(/-?\d+\.\d+(e-?\d+)?/g, (number) => four(Number(number)))}`),
  ]);

/** Numbers of a tensor artifact of a run, counted from 1. */
export function tensorOf(folder, run, name) {
  const { artifacts } = JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8')).runs[run - 1];
  const file = readFileSync(`${folder}${artifacts.find((artifact) => artifact.kind === 'tensor' && artifact.name === name).path}`);
  // .npy 1.0, little-endian float32: ten bytes and a header, whose length they say.
  return new Float32Array(new Uint8Array(file.subarray(10 + file.readUInt16LE(8))).buffer);
}
