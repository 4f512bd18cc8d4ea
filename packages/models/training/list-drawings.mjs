// Lists the drawings that the bundled sketch networks were trained on and measured with, by their ids in Quick, Draw!, in
// weights/sketchanet/drawings.csv. Usage, after `npm run setup` and with the drawings under FEATURESCOPE_DATA: node packages/models/training/list-drawings.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDataset } from '../../node/dist/index.js';
import { collectDrawings, foldOf } from '../../plugin-sketchanet/dist/index.js';

const data = process.env.FEATURESCOPE_DATA ?? join(import.meta.dirname, '../../../../shared/data');
const sources = ['quickdraw-raw-timed/quickdraw-raw-345.tar.gz', 'quickdraw-simplified-25/quickdraw-simplified-344x25.tar.gz'];
const FOLDS = 3;

const dataset = await openDataset(
  sources.map((source) => join(data, source)),
  {},
);
const { classes, examples } = await collectDrawings(dataset, { minDrawings: 40 });
const rows = examples.map(({ id, label }) => [classes[label], id, foldOf(id, FOLDS)].join(','));
const folder = join(import.meta.dirname, '../weights/sketchanet');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'drawings.csv'), `class,id,fold\n${rows.join('\n')}\n`);
console.log(`${examples.length} drawings of ${classes.length} classes`);
