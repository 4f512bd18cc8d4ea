import type { RunContext } from '../visualizer/context.js';
import { unknownArchitecture } from './errors.js';
import type { Architecture } from './plugin.js';

/** `RunContext.architecture` over these; of two with the same name the later one. */
export function architecturesByName(known: readonly Architecture[]): RunContext['architecture'] {
  const byName = new Map(known.map((architecture) => [architecture.name, architecture]));
  return (name, options) => {
    const found = byName.get(name);
    if (!found) throw unknownArchitecture(name, [...byName.keys()]);
    return found.create(options);
  };
}
