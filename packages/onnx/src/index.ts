export * from './build.js';
export { decodeModel } from './decode.js';
export { encodeModel } from './encode.js';
export { OnnxFormatError } from './errors.js';
export * from './types.js';
