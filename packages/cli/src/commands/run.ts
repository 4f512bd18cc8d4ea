import type { CommandDefinition } from '../command.js';

export const runCommand: CommandDefinition = {
  name: 'run',
  summary: 'run all visualizers of a config',
  details: 'Without an argument the config is featurescope.config.ts, .mts, .js, .mjs or .json in the working directory.',
  argument: '[config]',
  argumentDescription: 'config file',
  flags: [],
  shows: ['model', 'dataset', 'out', 'seed', 'runtime', 'json', 'quiet', 'resume', 'config', 'plugin', 'debug'],
  run: async (invocation) => (await import('./run-action.js')).runAction(invocation),
};
