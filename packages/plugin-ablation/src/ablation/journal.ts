import { decodeSafetensors, encodeSafetensors, type RunContext, type TensorData } from '@featurescope/core';
import { z } from 'zod';
import { otherState } from '../errors.js';
import type { FirstLayer } from './census.js';

/** What is known of a training after each of its epochs; errors in percent. */
const epochRow = z.object({
  epoch: z.number(),
  learningRate: z.number(),
  loss: z.number(),
  /** Of distorted pictures under dropout, while the weights change. */
  trainTop1: z.number(),
  validationLoss: z.number(),
  validationTop1: z.number(),
  validationTop5: z.number(),
});

/** Errors of a trained network in percent, and how it came to them. */
const trainedResult = z.object({
  kind: z.literal('trained'),
  trainTop1: z.number(),
  validationTop1: z.number(),
  validationTop5: z.number(),
  history: z.array(epochRow),
  first: z.object({ layer: z.string(), shape: z.tuple([z.number(), z.number(), z.number()]), filters: z.number() }).exactOptional(),
});

const cellResult = z.discriminatedUnion('kind', [trainedResult, z.object({ kind: z.literal('diverged'), reason: z.string() })]);

const header = z.object({ fingerprint: z.string(), results: z.record(z.string(), cellResult), running: z.string().exactOptional() });

export type EpochRow = z.output<typeof epochRow>;
type Stored = z.output<typeof cellResult>;
type Trained = z.output<typeof trainedResult>;

/** What came of a variant with a seed. */
export type CellResult =
  | (Omit<Trained, 'first'> & { readonly first?: FirstLayer })
  | { readonly kind: 'diverged'; readonly reason: string };

/** What is kept of a study so that it can go on. */
export interface Journal {
  /** The networks, pictures and options that it belongs to. */
  readonly fingerprint: string;
  /** By cell. */
  readonly results: Map<string, CellResult>;
  /** The training that is not done yet, with its own state. */
  running?: { readonly cell: string; readonly state: Uint8Array } | undefined;
}

const NAME = 'the saved state of ablation';

export function encodeJournal({ fingerprint, results, running }: Journal): Uint8Array {
  const tensors = new Map<string, TensorData>();
  const stored: Record<string, Stored> = {};
  for (const [cell, result] of results) {
    stored[cell] =
      result.kind === 'trained' ? ({ ...result, ...(result.first && { first: describedFirst(result.first) }) } as Stored) : result;
    if (result.kind !== 'trained' || !result.first) continue;
    const { kernel, strongest, shape, filters } = result.first;
    tensors.set(`kernel/${cell}`, { shape: [...shape, filters], data: kernel });
    tensors.set(`strongest/${cell}`, { shape: [filters], data: strongest });
  }
  if (running) tensors.set('running', { shape: [running.state.length], data: running.state });
  const metadata: z.input<typeof header> = { fingerprint, results: stored, ...(running && { running: running.cell }) };
  return encodeSafetensors(tensors, { metadata: { journal: JSON.stringify(metadata) } });
}

/** What an earlier run saved, or an empty journal. @throws FeaturescopeError when it belongs to another study */
export async function openJournal({ state }: Pick<RunContext, 'state'>, fingerprint: string): Promise<Journal> {
  const journal: Journal = { fingerprint, results: new Map() };
  const bytes = await state.load();
  if (!bytes) return journal;
  const { tensors, metadata } = decodeSafetensors(bytes, NAME);
  const found = header.safeParse(parsed(metadata['journal']));
  if (!found.success || found.data.fingerprint !== fingerprint) throw otherState();
  for (const [cell, result] of Object.entries(found.data.results)) journal.results.set(cell, restored(cell, result, tensors));
  const running = tensors.get('running')?.data;
  if (found.data.running !== undefined && running instanceof Uint8Array)
    journal.running = { cell: found.data.running, state: running.slice() };
  return journal;
}

/** Undefined for what is no JSON. */
function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

const describedFirst = ({ layer, shape, filters }: FirstLayer) => ({ layer, shape, filters });

function restored(cell: string, result: Stored, tensors: ReadonlyMap<string, TensorData>): CellResult {
  if (result.kind === 'diverged') return result;
  const { first, ...errors } = result;
  const [kernel, strongest] = [tensors.get(`kernel/${cell}`)?.data, tensors.get(`strongest/${cell}`)?.data];
  if (!first || !(kernel instanceof Float32Array) || !(strongest instanceof Float32Array)) return errors;
  return { ...errors, first: { ...first, kernel: kernel.slice(), strongest: strongest.slice() } };
}
