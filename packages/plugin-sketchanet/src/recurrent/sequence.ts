import { emptyLike, type FloatArray, type Rows, rowCount } from '@featurescope/core';
import { emptySequence, noSequences, unfitSequence } from './errors.js';

/** Features of a drawing after each of its strokes, [steps, features], with its class. */
export interface Sequence {
  readonly features: Rows;
  readonly label: number;
}

/**
 * A batch of sequences of uneven length, longest first, step by step: rows [all first steps, all second steps, …]. The sequences that last until
 * step t are the first `active[t]`: this prefix is the mask of the step, so that padding is neither stored nor computed.
 */
export interface Packed<A extends FloatArray = FloatArray> {
  /** [rows, features]. */
  readonly inputs: A;
  readonly features: number;
  readonly rows: number;
  /** Sequences that have a step t; never rises. */
  readonly active: Int32Array;
  /** First row of each step. */
  readonly offsets: Int32Array;
  /** Which of the given sequences each one is. */
  readonly order: Int32Array;
  /** Steps of each, in the order of the batch. */
  readonly lengths: Int32Array;
}

/** @throws FeaturescopeError when there is no sequence, one is empty, or their features differ in number */
export function packSequences<A extends FloatArray>(sequences: readonly { readonly columns: number; readonly data: A }[]): Packed<A> {
  const [first] = sequences;
  if (!first) throw noSequences();
  const features = first.columns;
  sequences.forEach((sequence, i) => {
    if (sequence.columns !== features) throw unfitSequence(i, sequence.columns, features);
    if (sequence.data.length === 0) throw emptySequence(i);
  });
  const counts = sequences.map(rowCount);
  const order = Int32Array.from([...counts.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b));
  const lengths = order.map((i) => counts[i] ?? 0);
  const active = Int32Array.from({ length: lengths[0] ?? 0 }, (_, t) => lengths.filter((length) => length > t).length);
  const offsets = new Int32Array(active.length);
  for (let t = 1; t < active.length; t++) offsets[t] = (offsets[t - 1] ?? 0) + (active[t - 1] ?? 0);
  const rows = lengths.reduce((sum, length) => sum + length, 0);
  const inputs = emptyLike(first.data, rows * features);
  order.forEach((source, b) => {
    const data = sequences[source]?.data ?? first.data;
    for (let t = 0; t < (lengths[b] ?? 0); t++)
      inputs.set(data.subarray(t * features, (t + 1) * features), ((offsets[t] ?? 0) + b) * features);
  });
  return { inputs, features, rows, active, offsets, order, lengths };
}

/** Rows of a packed array back as one array a sequence, in the order they were given. */
export function unpack(packed: Packed, values: FloatArray): Float32Array[] {
  const columns = values.length / packed.rows;
  const out: Float32Array[] = [];
  packed.order.forEach((source, b) => {
    const own = new Float32Array((packed.lengths[b] ?? 0) * columns);
    for (let t = 0; t < (packed.lengths[b] ?? 0); t++) {
      const row = (packed.offsets[t] ?? 0) + b;
      own.set(values.subarray(row * columns, (row + 1) * columns), t * columns);
    }
    out[source] = own;
  });
  return out;
}
