// Makes all figures, one after the other: runs each config, prints its numbers, and puts the pictures of a figure side by side.
// Names of figures pick some of them: node examples/sketch-a-net/figures.mjs strokes fusion
import { missingData } from '../support/data.mjs';
import { makeFigures } from '../support/figures.mjs';
import { tableLines } from '../support/results.mjs';

const missing = missingData('quickdraw-raw-timed', 'drawings');

/** Results of these figures have folders of their own, whatever the network. */
const figure = (name, pictures, more = {}) => ({ folder: name, pictures, ...more });
const table = (name) => ({ report: (folder) => tableLines(folder, [name]) });
const images = (height, columns, ...artifacts) => ({ height, columns, artifacts });

await makeFigures(import.meta.url, {
  channels: figure('channels', { channels: images(300, 2, 'channels'), order: images(260, 2, 'strokes') }),
  scales: figure('scales', { scales: images(240, 1, 'scales') }),
  augmentations: figure('augmentations', { augmentations: images(520, 1, 'augmentations') }),
  strokes: figure('strokes', { strokes: images(330, 4, 'strokes'), along: images(330, 4, 'along') }, table('strokes')),
  looking: figure('looking', { looking: images(300, 4, 'image', 'signed', 'attribution', 'score-map') }),
  filters: figure('filters', { filters: { width: 900, columns: 1, artifacts: ['filters'] } }, table('gabor')),
  'filters-photo': figure('filters-photo', { 'filters-photo': images(420, 1, 'filters') }, table('gabor')),
  fusion: figure(
    'fusion',
    { fusion: images(330, 1, 'fusion'), confusion: images(900, 1, 'confusion'), mistakes: images(700, 1, 'mistakes') },
    { missing, ...table('fusion') },
  ),
  networks: figure('networks', { networks: images(420, 1, 'networks') }, { missing, ...table('networks') }),
  orders: figure('orders', { orders: images(420, 1, 'networks') }, { missing, ...table('networks') }),
  online: figure('online', { online: images(420, 1, 'online') }, { missing, ...table('online') }),
});
