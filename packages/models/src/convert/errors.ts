import { alternatives, FeaturescopeError } from '@featurescope/core';

export const unknownTarget = (file: string, endings: readonly string[]): FeaturescopeError =>
  new FeaturescopeError('convert/unknown-target', `A model cannot be written as ${file}: expected a name ending in ${endings.join(', ')}.`);

export const unsupportedPrecision = (file: string, format: string, given: string, supported: readonly string[]): FeaturescopeError =>
  new FeaturescopeError(
    'convert/precision',
    `${file} cannot be written in ${given}: ${format} files hold their weights in ${alternatives(supported)}.`,
  );

export const tooLargeToWrite = (file: string, bytes: number, most: number): FeaturescopeError =>
  new FeaturescopeError(
    'convert/too-large',
    `The model is too large for ${file}: its weights take ${bytes} bytes, and a file that can be read again has at most ${most}.`,
  );

export const targetUnwritable = (path: string, reason: string): FeaturescopeError =>
  new FeaturescopeError('convert/unwritable', `${path} cannot be written: ${reason}.`);

export const replacesSource = (path: string): FeaturescopeError =>
  new FeaturescopeError('convert/source', `${path} is the model itself. Give the converted one another name or folder.`);

export const targetExists = (path: string): FeaturescopeError =>
  new FeaturescopeError(
    'convert/exists',
    `${path} is there already and is not what this conversion writes. Remove it, or give another name or folder.`,
  );

/** A description in the target folder that another model is used with, or that the converted one would be used with by mistake. */
export const foreignDescription = (path: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('convert/foreign-description', `${path} ${problem}. Convert into a folder of its own.`);

export const undescribable = (model: string, problem: string): FeaturescopeError =>
  new FeaturescopeError('convert/undescribable', `What belongs to ${model} cannot be written beside it: ${problem}.`);

export const notFinite = (model: string, layer: string): FeaturescopeError =>
  new FeaturescopeError(
    'convert/not-finite',
    `${model} cannot be compared with what it was converted to: its layer "${layer}" gives values that are not finite. --no-check converts without comparing.`,
    { category: 'failure' },
  );

export const outputsDiffer = (file: string, model: string, found: string): FeaturescopeError =>
  new FeaturescopeError('convert/outputs-differ', `${file} was not written: it does not give what ${model} gives. ${found}`, {
    category: 'failure',
  });

export const unreadableConversion = (file: string, cause: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'convert/unreadable',
    `${file} was not written: what was made of the model cannot be read again. ${cause instanceof Error ? cause.message : String(cause)}`,
    { category: 'failure', cause },
  );
