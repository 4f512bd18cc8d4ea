import { FeaturescopeError } from '@featurescope/core';

const failure = (code: string, message: string): FeaturescopeError => new FeaturescopeError(`sketchanet/${code}`, message);

export const noMembers = () =>
  failure('no-members', 'Fusion was given no network. Expected the scores or features of at least one: train an ensemble first.');

export const unlikeMembers = (member: number, given: string, expected: string) =>
  failure(
    'unlike-members',
    `Network ${member + 1} has ${given}, but network 1 has ${expected}. Give every network the same drawings in the same order, and the same classes.`,
  );

export const unfitWeights = (given: readonly number[], members: number) =>
  failure(
    'unfit-weights',
    `The weights ${JSON.stringify(given)} do not fit ${members} network(s). Expected ${members} number(s) of at least 0 that are not all 0.`,
  );

export const noWithinVariance = () =>
  failure(
    'no-within-variance',
    'Joint Bayesian: features do not vary within classes in every direction, so the covariance S_ε cannot be inverted. Raise ridge, lower components, or give at least two differing drawings a class.',
  );

export const tooManyComponents = (given: number, most: number) =>
  failure(
    'too-many-components',
    `Principal components: ${given} were asked for, but the samples have at most ${most}. Lower components, or give more samples.`,
  );

export const tooFewNeighbours = (k: number, samples: number) =>
  failure('too-few-neighbours', `Nearest neighbours: k is ${k}, but there are ${samples} training sample(s). Lower k.`);

export const mixedGroup = (group: number, labels: readonly number[]) =>
  failure(
    'mixed-group',
    `Folds: group ${group} has samples of the classes ${labels.join(' and ')}. Expected one class a group: a drawing and its variants.`,
  );

export const tooFewGroups = (label: number, groups: number, folds: number) =>
  failure(
    'too-few-groups',
    `Folds: class ${label} has ${groups} drawing(s), fewer than the ${folds} folds. Lower the number of folds, or add drawings.`,
  );

export const unfitCounts = (right: number, n: number) =>
  failure('unfit-counts', `Interval: ${right} right of ${n}. Expected whole numbers with 0 ≤ right ≤ n and n ≥ 1.`);
