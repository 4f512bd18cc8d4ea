import { decodeSafetensors, encodeSafetensors, type RunContext, type TensorData } from '@featurescope/core';
import { z } from 'zod';
import { otherState } from './errors.js';

/** What is kept of a study so that it can go on. */
export interface Journal {
  /** The drawings, networks and options that it belongs to. */
  readonly fingerprint: string;
  /** Readings of a drawing by a network that are done, in the order of the work. */
  read: number;
  /** Scores and features by name; filled as the reading goes on. */
  readonly rows: Map<string, Float32Array>;
  /** State of the training of each recurrent network. */
  readonly training: Map<string, Uint8Array>;
}

const header = z.object({ fingerprint: z.string(), read: z.int().min(0) });

/** Milliseconds of work that a killed run may lose: readings are written all together. */
const SAVE_EVERY = 30_000;

export const encodeJournal = ({ fingerprint, read, rows, training }: Journal): Uint8Array =>
  encodeSafetensors(
    new Map<string, TensorData>([
      ...[...rows].map(([name, data]) => [`rows/${name}`, { shape: [data.length], data }] as const),
      ...[...training].map(([name, data]) => [`training/${name}`, { shape: [data.length], data }] as const),
    ]),
    { metadata: { journal: JSON.stringify({ fingerprint, read }) } },
  );

/** What an earlier run saved, or an empty journal. @throws FeaturescopeError when it belongs to another study */
export async function openJournal({ state }: Pick<RunContext, 'state'>, fingerprint: string): Promise<Journal> {
  const journal: Journal = { fingerprint, read: 0, rows: new Map(), training: new Map() };
  const bytes = await state.load();
  if (!bytes) return journal;
  const { tensors, metadata } = decodeSafetensors(bytes, 'the saved state of online-recognition');
  const found = header.parse(JSON.parse(metadata['journal'] ?? '{}'));
  if (found.fingerprint !== fingerprint) throw otherState();
  journal.read = found.read;
  for (const [name, { data }] of tensors) {
    const [kind = '', ...rest] = name.split('/');
    if (kind === 'rows' && data instanceof Float32Array) journal.rows.set(rest.join('/'), data.slice());
    if (kind === 'training' && data instanceof Uint8Array) journal.training.set(rest.join('/'), data.slice());
  }
  return journal;
}

/** Saves a journal when there is enough new in it, or at once. */
export function journalKeeper({ state, clock }: Pick<RunContext, 'state' | 'clock'>, journal: Journal) {
  let savedAt = clock.now();
  return async (when: 'due' | 'now'): Promise<void> => {
    if (when === 'due' && clock.now() - savedAt < SAVE_EVERY) return;
    await state.save(encodeJournal(journal));
    savedAt = clock.now();
  };
}
