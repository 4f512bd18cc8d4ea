import { alternatives, didYouMean, FeaturescopeError, type Image } from '@featurescope/core';

const reason = (cause: unknown): string => {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.split('\n')[0] ?? text;
};

/** Short names of what the operating system says, in plain words. */
const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'it exists and is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'it does not exist',
  ELOOP: 'its symbolic links go in circles',
  EMFILE: 'too many files are open',
};

/** What a failed file operation means, in plain words. */
export const systemReason = (cause: unknown): string => {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return SYSTEM_REASONS[code] ?? reason(cause);
};

const suggestion = (names: readonly string[]): string => (names.length === 0 ? '' : ` Did you mean ${alternatives(names)}?`);

export const badArchive = (path: string, problem: string, cause?: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'dataset/bad-archive',
    `The archive "${path}" cannot be read: ${problem}. Expected a .zip file with stored or deflated entries.`,
    { cause },
  );

export const badPicture = (source: string, cause: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'picture/unreadable',
    `"${source}" cannot be read as a picture: ${reason(cause)}. Expected PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG.`,
    { cause },
  );

/** What a data set may be, when classes are needed and when not. */
const EXPECTED_DATASETS = {
  labelled:
    'a folder or an archive (.zip, .tar, .tar.gz) with one folder of pictures for each class, a table (.csv) of paths and labels, or a CIFAR .bin file',
  any: 'a folder or an archive (.zip, .tar, .tar.gz) of pictures, a table (.csv) of their paths, a CIFAR .bin file, an array (.npy) of shape [pictures, height, width, channels], or drawings (.ndjson, also as .gz, in a .tar.gz or a folder)',
} as const;

export const missingDataset = (
  source: string,
  near: readonly string[],
  expected: keyof typeof EXPECTED_DATASETS = 'any',
): FeaturescopeError =>
  new FeaturescopeError(
    'dataset/missing',
    `The data set "${source}" does not exist. Expected ${EXPECTED_DATASETS[expected]}.${suggestion(near)}`,
  );

export const unreadableDataset = (source: string, cause: unknown): FeaturescopeError =>
  new FeaturescopeError('dataset/unreadable', `The data set "${source}" cannot be read: ${systemReason(cause)}.`, { cause });

export const emptyDataset = (source: string): FeaturescopeError =>
  new FeaturescopeError(
    'dataset/empty',
    `The data set "${source}" has no pictures. Expected a folder or an archive with pictures in it, or one folder of them for each class, or a table with a line for each.`,
  );

export const withoutClasses = (source: string): FeaturescopeError =>
  new FeaturescopeError(
    'dataset/no-classes',
    `The pictures of the data set "${source}" have no classes. Expected a folder or an archive with one folder of pictures for each class, or a table with the columns path and label.`,
  );

export const badBatch = (source: string, shape: readonly number[]): FeaturescopeError =>
  new FeaturescopeError(
    'dataset/bad-batch',
    `The array "${source}" has shape (${shape.join(', ')}). As a data set, expected [pictures, height, width, channels]; a single picture is an input.`,
  );

export const badCifar = (source: string, problem: string): FeaturescopeError =>
  new FeaturescopeError(
    'dataset/bad-cifar',
    `"${source}" is no CIFAR binary file: ${problem}. Expected records of 3,073 bytes (CIFAR-10: a label 0 to 9, then 3 × 1,024 pixels) or of 3,074 bytes (CIFAR-100: a coarse label, a label 0 to 99, then the pixels).`,
  );

export const unknownClass = (name: string, known: readonly string[]): FeaturescopeError =>
  new FeaturescopeError(
    'dataset/unknown-class',
    `The class "${name}" of the data set is not among the given classes: ${known.join(', ')}.`,
  );

export const absentClass = (name: string, known: readonly string[]): FeaturescopeError =>
  new FeaturescopeError(
    'dataset/absent-class',
    `The class "${name}" is to be left out, but the data set has no pictures of it.${didYouMean(name, known)} Its classes: ${known.join(', ')}.`,
  );

export const nothingLeft = (without: readonly string[]): FeaturescopeError =>
  new FeaturescopeError('dataset/nothing-left', `No picture is left without the classes ${without.join(', ')}: these are all there are.`);

export const badImage = ({ width, height, channels, data }: Image): FeaturescopeError =>
  new FeaturescopeError(
    'picture/bad-pixels',
    `A picture of ${width} × ${height} pixels with ${channels} channels has ${data.length} bytes instead of ${width * height * channels}.`,
    {
      category: 'failure',
    },
  );

export const badFrames = (problem: string): FeaturescopeError =>
  new FeaturescopeError('picture/bad-frames', `The animation cannot be written: ${problem}.`, { category: 'failure' });

/** Nothing can be written there because of what was asked for, not because the machine failed. */
const WRONG_PLACE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ELOOP', 'ENAMETOOLONG', 'EISDIR']);

const categoryOf = (cause: unknown): 'usage' | 'failure' =>
  cause instanceof Error && 'code' in cause && WRONG_PLACE.has(String(cause.code)) ? 'usage' : 'failure';

export const unusableFolder = (folder: string, cause: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'output/unusable-folder',
    `Nothing can be written to the folder "${folder}": ${systemReason(cause)}. Expected a folder that can be made or written to; give another with --out.`,
    { category: categoryOf(cause), cause },
  );

export const writeFailed = (path: string, cause: unknown): FeaturescopeError =>
  new FeaturescopeError('output/write-failed', `The file "${path}" cannot be written: ${systemReason(cause)}.`, {
    category: categoryOf(cause),
    cause,
  });

export const unreadableFile = (path: string, cause: unknown): FeaturescopeError =>
  new FeaturescopeError('file/unreadable', `The file "${path}" cannot be read: ${systemReason(cause)}.`, { cause });

export const badManifest = (path: string): FeaturescopeError =>
  new FeaturescopeError(
    'output/bad-manifest',
    `"${path}" is no manifest of a run (schema version 1). Give another folder with --out, or remove the file to start anew.`,
  );

export const badStorePath = (path: string): FeaturescopeError =>
  new FeaturescopeError('output/bad-path', `"${path}" is no path inside the output folder. Expected a relative one with forward slashes.`, {
    category: 'failure',
  });

export const badPlot = (name: string, cause: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'plot/invalid',
    `The plot "${name}" cannot be drawn: ${reason(cause)}. Expected a Vega-Lite specification with its data inside.`,
    {
      category: 'failure',
      cause,
    },
  );

const INPUTS =
  'a picture (PNG, JPEG, WebP, GIF, TIFF, AVIF, SVG), an array (.npy), a drawing (.svg, or a line of an .ndjson file such as "cat.ndjson#12"), a folder or a pattern such as "photos/*.jpg"';

export const missingInput = (given: string, near: readonly string[]): FeaturescopeError =>
  new FeaturescopeError('input/missing', `There is no input "${given}". Expected ${INPUTS}.${suggestion(near)}`);

export const missingText = (given: string, near: readonly string[]): FeaturescopeError =>
  new FeaturescopeError('file/missing', `There is no file "${given}".${suggestion(near)}`);

export const emptyFolder = (given: string, subfolders: readonly string[], hasDrawings = false): FeaturescopeError => {
  const folder = given.replace(/[\\/]+$/, '');
  const inFolders = subfolders.length === 0 ? '' : ` It has folders: for what is in them, give "${folder}/*/*".`;
  const hint = hasDrawings ? ` It has files of drawings: for all of them, give "${folder}/*.ndjson".` : inFolders;
  return new FeaturescopeError('input/empty-folder', `The folder "${given}" has no picture and no array (.npy) in it.${hint}`);
};

export const emptyPattern = (given: string, others: number): FeaturescopeError =>
  new FeaturescopeError(
    'input/empty-pattern',
    `The pattern "${given}" matches ${others === 0 ? 'no file' : `${others === 1 ? 'one file' : `${others} files`}, but no picture and no array`}. Expected ${INPUTS}.`,
  );

export const badRank = (source: string, shape: readonly number[]): FeaturescopeError =>
  new FeaturescopeError(
    'input/bad-rank',
    `The array ${source} has shape (${shape.join(', ')}). Expected [height, width, channels], or [height, width] for one channel.`,
  );

const channelCount = (count: number): string => `${count} channel${count === 1 ? '' : 's'}`;

export const wrongChannels = (source: string, shape: readonly number[], expected: number): FeaturescopeError =>
  new FeaturescopeError(
    'input/wrong-channels',
    `The array ${source} of shape [${shape.join(', ')}] has ${channelCount(shape[2] ?? 1)}; the network takes ${expected}. Expected the shape [height, width, ${expected}]${expected === 1 ? ' or [height, width]' : ''}.`,
  );

export const datasetIndex = (index: number, size: number): FeaturescopeError =>
  new FeaturescopeError('dataset/no-such-item', `The data set has no item ${index}. Expected 0 to ${size - 1}.`, { category: 'failure' });
