import { FeaturescopeError, type Shape } from '@featurescope/core';

const NAME = 'transfer';

const failure = (code: string, message: string): FeaturescopeError => new FeaturescopeError(`transfer/${code}`, `${NAME}: ${message}`);

export const tooFewInNamed = (dataset: string, short: readonly string[], needed: number) =>
  failure(
    'too-few-pictures',
    `of the classes given by --classes, ${short.join(', ')} in ${dataset}; expected at least ${needed} of each, the largest --per-class and one to test on. Lower --per-class, or leave the class out.`,
  );

export const tooFewClasses = (dataset: string, left: number, needed: number, most: number) =>
  failure(
    'too-few-classes',
    `${left} class(es) of ${dataset} have at least ${needed} pictures, the largest --per-class and one to test on; expected at least 2. The class with most has ${most}: lower --per-class.`,
  );

export const repeatedClass = (name: string) => failure('repeated-class', `--classes names "${name}" twice. Expected each class once.`);

export const otherShape = (item: string, given: Shape, expected: Shape, model: string) =>
  failure(
    'other-shape',
    `the array "${item}" of the data set has shape [${given.join(', ')}], but ${model} takes [${expected.join(', ')}]. Expected arrays of that shape, pictures or drawings.`,
  );

export const tooManyFeatures = (numbers: number, pictures: number, bytes: number) =>
  failure(
    'too-many-features',
    `${numbers} features of each of ${pictures} pictures of a fold need ${gigabytes(bytes)}; at most 1 GB is held. Lower --features, --per-class or --test-per-class, or name fewer --layers.`,
  );

export const tooManyToTrain = (pictures: number, bytes: number) =>
  failure(
    'too-many-to-train',
    `${pictures} pictures to train on from scratch need ${gigabytes(bytes)} as network inputs; at most 1 GB is held. Lower --per-class, or leave out the comparison (--no-scratch).`,
  );

const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GB`;
