import { alternatives, didYouMean, FeaturescopeError } from '@featurescope/core';

export const unknownModel = (name: string, known: readonly string[], folder: string | undefined): FeaturescopeError =>
  new FeaturescopeError(
    'models/unknown',
    `There is no model "${name}": it is neither a file, nor a bundled or hub model${folder === undefined ? '' : `, nor in ${folder} (FEATURESCOPE_MODELS)`}.` +
      `${didYouMean(name, known)} \`featurescope list models\` shows all of them.`,
  );

export const architectureWithoutWeights = (name: string): FeaturescopeError =>
  new FeaturescopeError(
    'models/architecture',
    `"${name}" is an architecture: a network without trained weights. Train it (\`featurescope train\`) and give the file it writes, ` +
      `or name a trained model (\`featurescope list models\`); \`featurescope inspect ${name}\` shows its layers.`,
  );

export const unknownCheckpoint = (name: string, checkpoint: string, known: readonly string[]): FeaturescopeError =>
  new FeaturescopeError(
    'models/unknown-checkpoint',
    `The bundled network ${name} has no checkpoint "${checkpoint}". Available: ${known.join(', ')}.`,
  );

export const bundledMissing = (name: string, folder: string): FeaturescopeError =>
  new FeaturescopeError(
    'models/bundled-missing',
    `The weights of the bundled network ${name} are missing (looked in ${folder}). Install the package again, or name a model with --model.`,
  );

export const missingModelFile = (path: string, reason: string, near: readonly string[]): FeaturescopeError =>
  new FeaturescopeError(
    'models/missing-file',
    `The model ${path} cannot be read: ${reason}.${near.length > 0 ? ` Did you mean ${alternatives(near)}?` : ''}`,
  );

export const noModelInFolder = (path: string): FeaturescopeError =>
  new FeaturescopeError(
    'models/empty-folder',
    `The folder ${path} holds no model. Expected one model file (.onnx, .safetensors, .caffemodel, .mat, .h5, .keras), or a model.json.`,
  );

export const severalModelsInFolder = (path: string, files: readonly string[]): FeaturescopeError =>
  new FeaturescopeError('models/ambiguous-folder', `The folder ${path} holds several models; name one of them: ${files.join(', ')}.`);

export const unsupportedFormat = (path: string, what: string): FeaturescopeError =>
  new FeaturescopeError(
    'models/unsupported-format',
    `${path} is ${what}, which is not supported. Supported: .onnx, TensorFlow.js model.json (layers), Keras .h5 and .keras, Caffe .caffemodel with its .prototxt, MatConvNet .mat, .safetensors written by \`featurescope train\`.`,
  );

export const invalidPreprocessing = (path: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('models/invalid-preprocessing', `${path} does not describe a preprocessing: ${problem}.`);

export const unsafePath = (source: string, path: string): FeaturescopeError =>
  new FeaturescopeError(
    'models/unsafe-path',
    `${source} names the file "${path}". Only files in the model's own folder are read: expected a relative path without "..".`,
  );

export const missingWeightFile = (source: string, path: string, reason: string): FeaturescopeError =>
  new FeaturescopeError('models/missing-weights', `${source} needs the file "${path}" beside it: ${reason}.`);
