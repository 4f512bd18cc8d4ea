import { definePlugin } from '@featurescope/core';
import { classModel } from './class-model/class-model.js';
import { dream } from './dream/dream.js';
import { feature } from './feature/feature.js';
import { film } from './film/film.js';
import { invert } from './invert/invert.js';

export { classModel, dream, feature, film, invert };

/** Pictures that are optimised for a network: deep dream and its relatives. */
export const plugin = definePlugin({ name: '@featurescope/plugin-deepdream', visualizers: [dream, film, feature, classModel, invert] });
