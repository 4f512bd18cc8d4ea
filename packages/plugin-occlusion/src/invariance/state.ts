import type { ResumableState } from '@featurescope/core';
import { z } from 'zod';
import { type InputResult, inputResult } from './results.js';

const schema = z.strictObject({ schemaVersion: z.literal(1), done: z.array(inputResult) });

/** Results of the inputs that an earlier part of the run has finished; none when it saved nothing. */
export async function loadResults(state: ResumableState): Promise<InputResult[]> {
  const saved = await state.load();
  return saved ? schema.parse(JSON.parse(new TextDecoder().decode(saved))).done : [];
}

export const saveResults = (state: ResumableState, done: readonly InputResult[]): Promise<void> =>
  state.save(new TextEncoder().encode(JSON.stringify({ schemaVersion: 1, done })));
