export {
  createRows,
  decide,
  type FloatArray,
  fitStandardisation,
  type LinearClassifier,
  type LinearSvmOptions,
  linearScores,
  linearSvmOptions,
  probabilities,
  type Rows,
  rowCount,
  rowOf,
  type SoftmaxRegressionOptions,
  type Standardisation,
  selectRows,
  softmaxRegressionOptions,
  standardise,
  trainLinearSvm,
  trainSoftmaxRegression,
} from '@featurescope/core';
export { type FittedWeights, fitWeights } from './fit-weights.js';
export { splitByFold, stratifiedFolds } from './folds.js';
export { type Accuracy, accuracyOf, wilsonInterval } from './interval.js';
export { type EmStep, fitJointBayesian, type JointBayesian } from './joint-bayesian/fit.js';
export { nearestNeighbours, type Vote } from './joint-bayesian/neighbours.js';
export { type JointBayesianOptions, jointBayesianOptions, type NeighbourOptions, neighbourOptions } from './joint-bayesian/options.js';
export { concatenateFeatures, meanOfViews, meanScores, weightedScores } from './scores.js';
