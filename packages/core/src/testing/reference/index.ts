export * from './array4.js';
export * from './backward.js';
export * from './executor.js';
export * from './finite-differences.js';
export * from './forward.js';
export * from './seeds.js';
