import { FeaturescopeError } from '@featurescope/core';

const MOST_COLUMNS = 5;
const MOST_LETTERS = 30;

const quoted = (text: string): string => `"${text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text}"`;

export const badTar = (path: string, problem: string, cause?: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'dataset/bad-archive',
    `The archive "${path}" cannot be read: ${problem}. Expected a .tar or .tar.gz file of pictures, one folder for each class, or of drawings.`,
    { cause },
  );

export const largeTar = (path: string, most: number): FeaturescopeError =>
  new FeaturescopeError(
    'dataset/large-archive',
    `The pictures in the archive "${path}" take more than ${most / 2 ** 20} MiB, and they can only be read one after the other. Unpack it and give the folder, or give a .zip file.`,
  );

export const badCsv = (path: string, line: number, problem: string, cause?: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'dataset/bad-csv',
    `Line ${line} of "${path}" cannot be read: ${problem}. Expected the path of a picture and its label on each line, separated by a comma, with quotes around what has commas in it.`,
    { cause },
  );

export const unknownColumns = (path: string, columns: readonly string[]): FeaturescopeError => {
  const named = columns.slice(0, MOST_COLUMNS).map(quoted).join(', ');
  return new FeaturescopeError(
    'dataset/unknown-columns',
    `"${path}" has no column of paths: its first line has ${named}${columns.length > MOST_COLUMNS ? ', …' : ''}. Expected the columns path and label, or no header and a path and a label on each line.`,
  );
};

export const missingInCsv = (path: string, line: number, given: string, others: number): FeaturescopeError =>
  new FeaturescopeError(
    'dataset/missing-picture',
    `Line ${line} of "${path}" names ${quoted(given)}, which is no file${others === 0 ? '' : `; ${others} more line${others === 1 ? ' names a file that is' : 's name files that are'} not there`}. Expected paths that count from the folder of the table, or absolute ones.`,
  );
