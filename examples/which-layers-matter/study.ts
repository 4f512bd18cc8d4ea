import { dataAt } from '../support/data.mjs';
import { isQuick } from '../support/quick.mjs';

export { isQuick };

/** 2,000 photos of 32×32 pixels of each of ten classes. */
export const PHOTOS = ['cifar10-train-first1000perclass-jpg.zip', 'cifar10-test-10000-jpg.zip'].map((file) =>
  dataAt('cifar10-jpg-20k', file),
);

/** Drawings of 345 classes. */
export const DRAWINGS = [
  dataAt('quickdraw-raw-timed/quickdraw-raw-345.tar.gz'),
  dataAt('quickdraw-simplified-25/quickdraw-simplified-344x25.tar.gz'),
];

/** Classes that no picture was learned from when features are transferred to them. */
export const UNSEEN = ['deer', 'frog', 'truck'];

/** Folder of a figure's results. */
export const out = (figure: string): string => `out/which-layers-matter/${figure}${isQuick ? '-quick' : ''}`;

/** Epochs of the network of seven classes. */
export const EPOCHS = isQuick ? 1 : 30;

/** The trained network of seven classes. */
export const SEVEN = `${out('training')}/checkpoints/epoch-${String(EPOCHS).padStart(2, '0')}.safetensors`;

/**
 * How the variants are trained: 800 pictures of each class are learned from, and 200 others measured. Without dropout, which slows down
 * networks of an eighth of the width more than it helps, and would be left out together with the layers 6 and 7.
 */
export const protocol = {
  perClass: 1000,
  dropout: 0,
  batchSize: 32,
  learningRate: 0.02,
  epochs: 12,
  ...(isQuick && { seeds: [1, 2], perClass: 200, width: 0.0625, epochs: 6 }),
};
