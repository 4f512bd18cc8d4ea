import type { Rows, RunContext, VisualizerEvent } from '@featurescope/core';
import { readLayers } from '../ensemble/readings.js';
import { loadReadings, type SavedReadings, type Showing, saveReadings, showingKey } from './readings-cache.js';

/** Drawings after which progress is told. */
const CHUNK = 32;

/** Steps of the readings, for the progress. */
export const readingSteps = (showings: readonly Showing[]): number => showings.reduce((sum, { examples }) => sum + examples.length, 0);

/**
 * Shows networks their drawings, one network after the other, and saves after each what it made of them, so that a killed run goes on from there.
 * Gives the outputs of the layers of each showing, in their order. Progress counts drawings and stays below `total`.
 */
export async function* read(
  context: Pick<RunContext, 'state' | 'signal'>,
  visualizer: string,
  showings: readonly Showing[],
  total: number,
): AsyncGenerator<VisualizerEvent, readonly (readonly Rows[])[]> {
  const loaded = await loadReadings(context);
  if (!loaded) yield { type: 'warning', message: `${visualizer}: what was saved cannot be read; all networks look at the drawings again.` };
  const before: SavedReadings = loaded ?? new Map();
  const saved: SavedReadings = new Map();
  const rows: (readonly Rows[])[] = [];
  let done = 0;
  for (const showing of showings) {
    context.signal.throwIfAborted();
    const key = await showingKey(showing);
    const earlier = saved.get(key) ?? before.get(key);
    const found = earlier ?? (yield* readChunks(context, showing, done, total));
    done += showing.examples.length;
    saved.set(key, found);
    rows.push(found);
    if (!earlier) await saveReadings(context, new Map([...before, ...saved]));
    yield { type: 'progress', done, total, label: showing.name };
  }
  return rows;
}

async function* readChunks(
  { signal }: Pick<RunContext, 'signal'>,
  { name, model, examples, views, layers }: Showing,
  before: number,
  total: number,
): AsyncGenerator<VisualizerEvent, readonly Rows[]> {
  const chunks: (readonly Rows[])[] = [];
  for (let first = 0; first < examples.length; first += CHUNK) {
    const part = examples.slice(first, first + CHUNK);
    chunks.push(
      await readLayers(
        model,
        part.map(({ drawing }) => drawing),
        views,
        layers,
        signal,
      ),
    );
    yield { type: 'progress', done: before + first, total, label: name };
    signal.throwIfAborted();
  }
  return layers.map((_, place) => joined(chunks.flatMap((chunk) => chunk[place] ?? [])));
}

/** Rows below each other. */
function joined(parts: readonly Rows[]): Rows {
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.data.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { columns: parts[0]?.columns ?? 0, data };
}
