import type { RunContext } from '@featurescope/core';
import { z } from 'zod';
import type { ItemLabels } from './labels.js';
import type { TransferOptions } from './options.js';
import { isSameTrial, type Outcome, outcomeSchema, type Trial } from './outcome.js';

const saved = z.object({ fingerprint: z.string(), labels: z.array(z.int()), outcomes: z.array(outcomeSchema) });

/** What a killed run need not do again. */
export interface Journal {
  labels: ItemLabels | undefined;
  readonly outcomes: Outcome[];
  has(trial: Trial): boolean;
  save(): Promise<void>;
}

/** What an earlier run of the same study saved; `damaged` when there was something that does not belong to it or cannot be read. */
export async function openJournal(
  context: Pick<RunContext, 'state' | 'model' | 'dataset' | 'random'>,
  options: TransferOptions,
): Promise<{ readonly journal: Journal; readonly damaged: boolean }> {
  const fingerprint = fingerprintOf(context, options);
  const bytes = await context.state.load();
  const found = bytes && parsed(bytes, fingerprint);
  const outcomes: Outcome[] = [...(found?.outcomes ?? [])];
  const journal: Journal = {
    labels: found?.labels,
    outcomes,
    has: (trial) => outcomes.some((outcome) => isSameTrial(outcome, trial)),
    save: () => context.state.save(new TextEncoder().encode(JSON.stringify({ fingerprint, labels: journal.labels ?? [], outcomes }))),
  };
  return { journal, damaged: bytes !== undefined && found === undefined };
}

function parsed(bytes: Uint8Array, fingerprint: string): z.output<typeof saved> | undefined {
  try {
    const found = saved.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return found.success && found.data.fingerprint === fingerprint ? found.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Differs when results would. */
const fingerprintOf = ({ model, dataset, random }: Pick<RunContext, 'model' | 'dataset' | 'random'>, options: TransferOptions): string =>
  JSON.stringify([options, model.sha256, dataset?.name, dataset?.size, dataset?.labels, random.fork('fingerprint').uniform()]);
