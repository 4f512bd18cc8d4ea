export type { LabelledPictures } from './labelled.js';
export { type ReadingProgress, readPictures } from './read.js';
export { holdOut, type SplitPictures } from './split.js';
