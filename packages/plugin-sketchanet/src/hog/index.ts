export { hog, hogShape } from './hog.js';
export { type HogOptions, hogOptions } from './options.js';
