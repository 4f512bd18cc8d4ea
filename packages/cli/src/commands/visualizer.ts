import type { CommandDefinition } from '../command.js';
import { flagsOf } from '../flags/flag.js';
import type { CatalogEntry } from '../plugins/catalog.js';

const cited = ({ factory }: CatalogEntry): string => {
  const { citation } = factory.visualizer;
  return citation === undefined ? '' : `${citation.authors}: ${citation.title} (${citation.year}).`;
};

/** The command of one visualizer: its options are its flags. */
export const visualizerCommand = (entry: CatalogEntry): CommandDefinition => {
  const { visualizer } = entry.factory;
  const details = cited(entry);
  return {
    name: visualizer.name,
    summary: visualizer.summary,
    ...(details === '' ? {} : { details }),
    argument: '[inputs...]',
    ...(visualizer.needsInputs === false ? {} : { usage: '<inputs...>' }),
    argumentDescription: 'pictures, .npy arrays, folders or globs',
    flags: flagsOf(visualizer.options),
    shows: ['model', 'dataset', 'out', 'seed', 'runtime', 'json', 'quiet', 'resume', 'config', 'plugin', 'debug'],
    run: async (invocation) => (await import('./visualizer-action.js')).visualizerAction(entry, invocation),
  };
};
