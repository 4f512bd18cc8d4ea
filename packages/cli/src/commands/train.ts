import type { CommandDefinition } from '../command.js';

export const trainCommand: CommandDefinition = {
  name: 'train',
  summary: 'train a network, write checkpoints',
  details: 'Without an argument the config is training.config.ts, .mts, .js, .mjs or .json in the working directory.',
  argument: '[config]',
  argumentDescription: 'training config',
  flags: [],
  shows: ['out', 'seed', 'runtime', 'json', 'quiet', 'resume', 'config', 'plugin', 'debug'],
  run: async (invocation) => (await import('./train-action.js')).trainAction(invocation),
};
