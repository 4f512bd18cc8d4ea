export type { Comparison, Picture, RunNetwork } from './compare.js';
export { type Conversion, type ConvertOptions, convertModel, TOLERANCE } from './convert-model.js';
export type { TargetFormat, WriteFormat, WriteOptions } from './format.js';
export { TARGET_ENDINGS } from './writers.js';
