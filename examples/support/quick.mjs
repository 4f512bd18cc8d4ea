// Whether an example takes as little time as it can: `--quick` after figures.mjs, or FEATURESCOPE_EXAMPLE_QUICK for a command.
const NAME = 'FEATURESCOPE_EXAMPLE_QUICK';

export const QUICK = '--quick';

if (process.argv.includes(QUICK)) process.env[NAME] = '1';

export const isQuick = process.env[NAME] !== undefined;
