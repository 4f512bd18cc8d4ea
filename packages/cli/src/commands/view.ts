import { z } from 'zod';
import type { CommandDefinition } from '../command.js';
import { flagsOf } from '../flags/flag.js';

export const viewOptions = z.strictObject({
  port: z.int().min(0).max(65_535).default(0).describe('port on the loopback address; 0: any free one'),
});

export const viewCommand: CommandDefinition = {
  name: 'view',
  summary: 'serve a gallery on the loopback address, live if the run is in progress',
  argument: '[out]',
  argumentDescription: 'folder that a run wrote; left out: out',
  flags: flagsOf(viewOptions),
  shows: ['out', 'quiet', 'debug'],
  run: async (invocation) => (await import('./view-action.js')).viewAction(invocation),
};
