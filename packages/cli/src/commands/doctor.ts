import type { CommandDefinition } from '../command.js';

export const doctorCommand: CommandDefinition = {
  name: 'doctor',
  summary: 'print which runtimes were found, which was chosen, and why',
  flags: [],
  shows: ['runtime', 'json', 'debug'],
  run: async (invocation) => (await import('./doctor-action.js')).doctorAction(invocation),
};
