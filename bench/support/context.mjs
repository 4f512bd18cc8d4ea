// What a visualizer gets from a run, without a folder: nothing is written, and what it saves is forgotten.
import { core } from './packages.mjs';

const { sharpCodec } = await import(new URL('../../packages/node/dist/index.js', import.meta.url));
const { systemClock } = await import(new URL('../../packages/node/dist/clock.js', import.meta.url));

export const runContext = (model, inputs = []) => ({
  model,
  models: [model],
  inputs,
  visualizers: [],
  tensors: { backend: 'wasm' },
  clock: systemClock,
  codec: sharpCodec,
  random: core.createRandom('benchmark'),
  log: { info() {}, warn() {}, debug() {} },
  signal: new AbortController().signal,
  state: { save: async () => undefined, load: async () => undefined },
});

/** Runs a visualizer and gives the milliseconds between its first metric of a series and its last, and how many there were. */
export async function timeBetween(configured, context, series) {
  const at = [];
  const { visualizer, options } = configured;
  for await (const event of visualizer.run(context, options)) {
    if (event.type === 'metric' && event.series === series) at.push(performance.now());
  }
  return { milliseconds: at.at(-1) - at[0], steps: at.length - 1 };
}
