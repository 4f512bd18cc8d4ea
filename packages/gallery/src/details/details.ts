import type { Manifest, StoredArtifact } from '@featurescope/core';
import { parseCsv } from './csv.js';
import { type PictureSize, pictureSize } from './picture-size.js';

/** What the page tells about an artifact beyond the manifest. */
export interface ArtifactDetails {
  readonly size?: PictureSize;
  /** Of an array. */
  readonly shape?: readonly number[];
  readonly table?: TablePreview;
  /** Beginning of a JSON file. */
  readonly text?: string;
}

export interface TablePreview {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Number of rows in the file. */
  readonly total: number;
}

/** By the artifacts' paths. */
export type Details = ReadonlyMap<string, ArtifactDetails>;

/** Reads a file of the run, at least its first `wanted` bytes; undefined when it is not there. */
export type ReadFile = (path: string, wanted?: number) => Promise<Uint8Array | undefined>;

const MAX_ROWS = 100;
const MAX_TEXT = 4000;
/** Sizes and shapes stand at a file's beginning. */
const HEAD = 8192;

const arrayShape = (bytes: Uint8Array): readonly number[] | undefined => {
  const header = new TextDecoder('latin1').decode(bytes.subarray(0, 512));
  const shape = /'shape': \(([\d, ]*)\)/.exec(header)?.[1];
  return shape
    ?.split(',')
    .filter((size) => size.trim() !== '')
    .map(Number);
};

const tablePreview = (bytes: Uint8Array): TablePreview | undefined => {
  const [columns, ...rows] = parseCsv(new TextDecoder().decode(bytes));
  return columns === undefined ? undefined : { columns, rows: rows.slice(0, MAX_ROWS), total: rows.length };
};

const textPreview = (bytes: Uint8Array): string => {
  const text = new TextDecoder().decode(bytes.subarray(0, MAX_TEXT));
  return bytes.length > MAX_TEXT ? `${text}…` : text;
};

const present = <T>(key: string, value: T | undefined): object => (value === undefined ? {} : { [key]: value });

const detailsOf = ({ kind }: StoredArtifact, bytes: Uint8Array): ArtifactDetails => {
  switch (kind) {
    case 'image':
    case 'animation':
    case 'plot':
      return present('size', pictureSize(bytes));
    case 'tensor':
      return present('shape', arrayShape(bytes));
    case 'table':
      return present('table', tablePreview(bytes));
    case 'json':
      return { text: textPreview(bytes) };
  }
};

/** Looks into the artifacts' files. What cannot be read is left out; `known` holds what need not be read again. */
export const readDetails = async (manifest: Manifest, read: ReadFile, known: Details = new Map()): Promise<Details> => {
  const details = new Map<string, ArtifactDetails>();
  for (const artifact of manifest.runs.flatMap((run) => run.artifacts)) {
    const old = known.get(artifact.path);
    const bytes =
      old === undefined ? await read(artifact.path, artifact.kind === 'table' ? undefined : HEAD).catch(() => undefined) : undefined;
    if (old !== undefined) details.set(artifact.path, old);
    else if (bytes !== undefined) details.set(artifact.path, detailsOf(artifact, bytes));
  }
  return details;
};
