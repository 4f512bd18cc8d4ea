import type { CommandDefinition } from '../command.js';
import type { Flag } from '../flags/flag.js';

/** `inspect`, with the flags of an architecture when one is named. */
export const inspectCommand = (flags: readonly Flag[] = []): CommandDefinition => ({
  name: 'inspect',
  summary: 'print the layers of a model or an architecture',
  details:
    'An architecture takes its options as flags: featurescope inspect lenet --classes 10. See "featurescope inspect <architecture> --help".',
  argument: '[model]',
  argumentDescription: 'hub name, model file or architecture; left out: the bundled photo network',
  flags,
  shows: ['model', 'json', 'plugin', 'debug'],
  run: async (invocation) => (await import('./inspect-action.js')).inspectAction(invocation),
});
