import type { InputLoader } from '../platform/platform.js';
import type { RunContext } from '../visualizer/context.js';
import { noSuchText } from './errors.js';

/** Reads texts while a visualizer runs, from where the inputs come from. */
export const textsOnDemand =
  (loader: InputLoader): RunContext['readText'] =>
  async (source) => {
    if (!loader.readText) throw noSuchText(source);
    return loader.readText(source);
  };
