// Makes all figures, one after the other: runs each config, prints its table, and puts the pictures of a figure side by side. Names of
// figures pick some of them, and --quick makes them in minutes, of fewer pictures, epochs and seeds:
// node examples/which-layers-matter/figures.mjs --quick transfer
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFigures } from '../support/figures.mjs';
import { isQuick } from '../support/quick.mjs';
import { tableLines } from '../support/results.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const data = process.env.FEATURESCOPE_DATA ?? join(root, '../shared/data');
const without = (folder, what) => (existsSync(join(data, folder)) ? undefined : `there are no ${what} in ${data}: set FEATURESCOPE_DATA`);
const photos = without('cifar10-jpg-20k', 'photos');
const drawings = without('quickdraw-raw-timed', 'drawings');

/** Results of a figure go on where they were stopped, and have a folder of their own. */
const figure = (name, missing, tables, pictures, more = {}) => ({
  folder: isQuick ? `${name}-quick` : name,
  missing,
  resume: true,
  report: (folder) => tableLines(folder, tables),
  pictures,
  ...more,
});
const sheet = (height, columns, ...artifacts) => ({ height, columns, artifacts });

await makeFigures(
  import.meta.url,
  {
    ablation: figure('ablation', photos, ['summary'], {
      zfnet: sheet(330, 1, 'changes'),
      'zfnet-errors': sheet(330, 1, 'ablation'),
      'zfnet-curves': sheet(330, 1, 'curves'),
      filters: sheet(330, 2, 'filters-base', 'filters-both'),
    }),
    'ablation-alexnet': figure('ablation-alexnet', photos, ['summary'], {
      alexnet: sheet(330, 1, 'changes'),
      'alexnet-errors': sheet(330, 1, 'ablation'),
      'alexnet-curves': sheet(330, 1, 'curves'),
    }),
    transfer: figure('transfer', photos, ['transfer'], { transfer: sheet(420, 1, 'accuracy', 'layers') }, { trains: 'training/seven' }),
    drawings: figure('drawings', drawings, ['transfer'], { drawings: sheet(420, 1, 'accuracy', 'layers') }),
  },
  { hasQuick: true },
);
