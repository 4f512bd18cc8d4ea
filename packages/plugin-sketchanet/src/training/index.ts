export { AUTHORS_RECIPE } from './authors-recipe.js';
export { type ClassChoice, type Collection, collectDrawings, type Example, type Fold, foldOf, splitCollection } from './collection.js';
export { type DrawingAugmentation, type DrawingFeed, drawingExamples, preprocessingOf } from './drawing-examples.js';
export { drawingSource, feedOf } from './drawing-source.js';
export { type DrawingSourceOptions, drawingSourceOptions } from './options.js';
