// Makes all figures, one after the other: runs each config, prints its table, and puts the pictures of a figure side by side. Names of
// figures pick some of them, and --quick makes them in minutes, of fewer pictures, epochs and seeds:
// node examples/which-layers-matter/figures.mjs --quick transfer
import { missingData } from '../support/data.mjs';
import { makeFigures } from '../support/figures.mjs';
import { isQuick } from '../support/quick.mjs';
import { tableLines } from '../support/results.mjs';

const photos = missingData('cifar10-jpg-20k', 'photos');
const drawings = missingData('quickdraw-raw-timed', 'drawings');

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
      'zfnet-curves': sheet(330, 1, 'curves'),
      filters: sheet(330, 2, 'filters-base', 'filters-both'),
    }),
    'ablation-alexnet': figure('ablation-alexnet', photos, ['summary'], {
      alexnet: sheet(330, 1, 'changes'),
    }),
    transfer: figure('transfer', photos, ['transfer'], { transfer: sheet(420, 1, 'accuracy', 'layers') }, { trains: 'training/seven' }),
    drawings: figure('drawings', drawings, ['transfer'], { drawings: sheet(420, 1, 'accuracy', 'layers') }),
  },
  { hasQuick: true },
);
