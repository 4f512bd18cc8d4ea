import {
  decodeSafetensors,
  encodeSafetensors,
  type LayerName,
  type Model,
  type Rows,
  type RunContext,
  type TensorData,
} from '@featurescope/core';
import type { Views } from '../ensemble/views.js';
import type { Example } from '../training/collection.js';

/** What one network is to be shown. */
export interface Showing {
  /** For the progress. */
  readonly name: string;
  readonly model: Model;
  readonly examples: readonly Example[];
  readonly views: Views;
  /** Of which the outputs are wanted. */
  readonly layers: readonly LayerName[];
}

/** What was read so far, by the hash of the showing. */
export type SavedReadings = Map<string, readonly Rows[]>;

/** SHA-256 of all that the readings depend on: weights, preprocessing, layers, views and every point of the drawings. */
export async function showingKey({ model, examples, views, layers }: Showing): Promise<string> {
  const about = JSON.stringify([model.sha256, model.input, model.network.layers, layers, views, examples.map(({ id }) => id)]);
  const points = examples.flatMap(({ drawing }) => [
    Float64Array.of(drawing.width, drawing.height, drawing.strokes.length),
    ...drawing.strokes.flatMap(({ x, y }) => [x, y]),
  ]);
  const parts = [
    new TextEncoder().encode(about),
    ...points.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What an earlier, killed run has read; undefined when that is damaged. */
export async function loadReadings({ state }: Pick<RunContext, 'state'>): Promise<SavedReadings | undefined> {
  const bytes = await state.load();
  const saved: SavedReadings = new Map();
  if (!bytes) return saved;
  try {
    for (const [name, { shape, data }] of decodeSafetensors(bytes, 'the saved readings').tensors) {
      const [key = '', place = ''] = name.split('/');
      const rows = [...(saved.get(key) ?? [])];
      rows[Number(place)] = { columns: shape[1] ?? 0, data: Float32Array.from(data) };
      saved.set(key, rows);
    }
    return saved;
  } catch {
    return undefined;
  }
}

export async function saveReadings({ state }: Pick<RunContext, 'state'>, saved: SavedReadings): Promise<void> {
  const tensors = [...saved].flatMap(([key, rows]) =>
    rows.map(({ columns, data }, place): [string, TensorData] => [`${key}/${place}`, { shape: [data.length / columns, columns], data }]),
  );
  await state.save(encodeSafetensors(new Map(tensors)));
}
