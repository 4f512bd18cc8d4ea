import type { CommandDefinition } from '../command.js';

export const listCommand: CommandDefinition = {
  name: 'list',
  summary: 'list visualizers, objectives, models, architectures or runtimes',
  argument: '[topic]',
  argumentDescription: 'visualizers, objectives, models, architectures or runtimes; left out: all of them',
  flags: [],
  shows: ['json', 'plugin', 'debug'],
  run: async (invocation) => (await import('./list-action.js')).listAction(invocation),
};
