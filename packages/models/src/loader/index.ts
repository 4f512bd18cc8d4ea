export { modelsMatching } from './list.js';
export { type ListedModel, type LocatedModel, type LocateOptions, listModels, locateModel, type ModelOrigin } from './locate.js';
export { FileModelLoader } from './model-loader.js';
export { type ReadModel, readModel } from './read-model.js';
