import { VERSION } from '@featurescope/core';
import type { Loose, ModelProto, NodeProto } from '@featurescope/onnx';

/** What a file that we wrote says of a node beside what ONNX can say, in the node's `doc_string`. */
export interface Note {
  /** The layer that the node is a part of, where a layer needed several nodes. */
  readonly partOf?: string;
  /** The layer flattens its input by rows, columns and channels, where the graph does not show it since it has one of them only. */
  readonly hwc?: true;
  /** A BatchNormalization that only scales and shifts. */
  readonly affine?: true;
}

const PRODUCER = 'featurescope';
const SIZE_KEY = 'featurescope.size';
const PART = 'part of the layer ';
const HWC = 'inputs in the order height, width, channels';
const AFFINE = 'scale and offset of each channel';

export const producer = { producerName: PRODUCER, producerVersion: VERSION };

export const noteText = ({ partOf, hwc, affine }: Note): string | undefined =>
  partOf !== undefined ? `${PART}${partOf}` : hwc ? HWC : affine ? AFFINE : undefined;

const noteOf = ({ docString = '' }: NodeProto): Note | undefined => {
  if (docString.startsWith(PART)) return { partOf: docString.slice(PART.length) };
  if (docString === HWC) return { hwc: true };
  return docString === AFFINE ? { affine: true } : undefined;
};

/** The notes of a file by the name of the node; none in a file of another tool. */
export const notesOf = ({ producerName, graph }: ModelProto): ReadonlyMap<string, Note> => {
  if (producerName !== PRODUCER) return new Map();
  return new Map(
    (graph?.node ?? []).flatMap((node) => {
      const note = noteOf(node);
      return note === undefined || !node.name ? [] : [[node.name, note] as const];
    }),
  );
};

/** Metadata that keeps the height and width which a network of any size is made for. */
export const sizeMetadata = ([height, width]: readonly [number, number]): Loose<ModelProto['metadataProps']> => [
  { key: SIZE_KEY, value: `${height}x${width}` },
];

/** Whether a file is for the size that it states: other tools state the one that they happened to trace the network at. */
export const meansItsSize = ({ producerName }: ModelProto): boolean => producerName === PRODUCER;

/** The height and width of `sizeMetadata`; undefined in a file of another tool. */
export const notedSize = ({ producerName, metadataProps }: ModelProto): readonly [number, number] | undefined => {
  const text = metadataProps.find(({ key }) => key === SIZE_KEY)?.value ?? '';
  const [, height, width] = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/.exec(text) ?? [];
  return producerName === PRODUCER && height !== undefined && width !== undefined ? [Number(height), Number(width)] : undefined;
};
