import { type AnimationFormat, type Artifact, encodeNpy, type ImageCodec, type ImageText } from '@featurescope/core';
import { stringify } from 'csv-stringify/sync';
import { renderPlot } from './plot.js';

const DEFAULT_ANIMATION: AnimationFormat = 'webp';

const EXTENSIONS: Readonly<Record<Exclude<Artifact['kind'], 'animation'>, string>> = {
  image: '.png',
  tensor: '.npy',
  plot: '.svg',
  table: '.csv',
  json: '.json',
};

/** Extension of an artifact's file, with the dot. */
export const extensionOf = (artifact: Artifact): string =>
  artifact.kind === 'animation' ? `.${artifact.format ?? DEFAULT_ANIMATION}` : EXTENSIONS[artifact.kind];

const plainArrays = (_key: string, value: unknown): unknown =>
  ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as unknown as ArrayLike<unknown>) : value;

const toCsv = (columns: readonly string[], rows: readonly (readonly unknown[])[]): string =>
  stringify(
    [columns, ...rows].map((row) => [...row]),
    { cast: { boolean: String } },
  );

/** The bytes of an artifact's file. */
export const encodeArtifact = async (artifact: Artifact, codec: ImageCodec, provenance: ImageText): Promise<Uint8Array | string> => {
  switch (artifact.kind) {
    case 'image':
      return codec.encodePng(artifact.image, provenance);
    case 'animation':
      return codec.encodeAnimation(artifact.frames, artifact.delay, artifact.format ?? DEFAULT_ANIMATION);
    case 'tensor':
      return encodeNpy(artifact.shape, artifact.data);
    case 'plot':
      return renderPlot(artifact.name, artifact.plot);
    case 'table':
      return toCsv(artifact.columns, artifact.rows);
    case 'json':
      return `${JSON.stringify(artifact.value, plainArrays, 2)}\n`;
  }
};
