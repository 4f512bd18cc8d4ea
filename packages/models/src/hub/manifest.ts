import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { STROKES_SCHEMA } from '@featurescope/core';
import { z } from 'zod';
import { invalidManifest } from './errors.js';

const MANIFEST_PATH = fileURLToPath(new URL('../../hub/manifest.json', import.meta.url));

const FILE = z.strictObject({
  /** Name in the cache. */
  file: z.string().regex(/^[\w.-]+$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().positive(),
  /** In the order in which they are tried. */
  urls: z.array(z.url({ protocol: /^https?$/ })).min(1),
});

const PREPROCESSING = z.strictObject({
  channelOrder: z.enum(['rgb', 'bgr', 'grey']),
  scale: z.number().positive(),
  mean: z.array(z.number()),
  std: z.array(z.number().positive()),
  resizeShortSide: z.number().int().positive().exactOptional(),
  invert: z.boolean().exactOptional(),
  strokes: STROKES_SCHEMA.exactOptional(),
});

const ENTRY = z.strictObject({
  name: z.string().regex(/^[\w.-]+$/),
  summary: z.string(),
  format: z.literal('onnx'),
  licence: z.string(),
  model: FILE,
  size: z.tuple([z.number().int().positive(), z.number().int().positive()]),
  /** Left out when the publisher states none; `note` says so. */
  preprocessing: PREPROCESSING.exactOptional(),
  /** Class names, or a file of WordNet numbers and names. */
  labels: z.union([z.array(z.string()), FILE]).exactOptional(),
  /** Top-1 and top-5 accuracy in per cent, as published. */
  accuracy: z.tuple([z.number(), z.number()]).exactOptional(),
  note: z.string().exactOptional(),
});

const MANIFEST = z.strictObject({ formatVersion: z.literal(1), notice: z.string(), models: z.array(ENTRY) });

export type HubFile = z.output<typeof FILE>;
/** A pretrained network that can be downloaded. */
export type HubEntry = z.output<typeof ENTRY>;

/** @throws FeaturescopeError when the list is damaged */
export const readManifest = async (path = MANIFEST_PATH): Promise<readonly HubEntry[]> => {
  try {
    return MANIFEST.parse(JSON.parse(await readFile(path, 'utf8'))).models;
  } catch (error) {
    throw invalidManifest(path, error instanceof Error ? error.message : String(error));
  }
};
