import type { InputLoader } from '../platform/platform.js';
import type { Input, RunContext } from '../visualizer/context.js';
import { noSuchInput, severalInputs } from './errors.js';

/**
 * Loads single pictures and arrays while a visualizer runs. Another file of the same name as an input, or as one loaded before,
 * gets a number, so that names stay unique.
 */
export function inputsOnDemand(loader: InputLoader, inputs: readonly Input[]): RunContext['loadInput'] {
  const sources = new Map(inputs.map(({ name, source }) => [name.toLowerCase(), source]));
  return async (source) => {
    const found = await loader.load([source]);
    const [input] = found;
    if (!input) throw noSuchInput(source);
    if (found.length > 1)
      throw severalInputs(
        source,
        found.map((one) => one.source),
      );
    const isFree = (name: string): boolean => (sources.get(name.toLowerCase()) ?? input.source) === input.source;
    let name = input.name;
    for (let i = 2; !isFree(name); i++) name = `${input.name}-${i}`;
    sources.set(name.toLowerCase(), input.source);
    return name === input.name ? input : { ...input, name };
  };
}
