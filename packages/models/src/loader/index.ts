export { type ListedModel, type LocatedModel, type LocateOptions, listModels, locateModel, type ModelOrigin } from './locate.js';
export { FileModelLoader } from './model-loader.js';
export { readModel, type ReadModel } from './read-model.js';
