import { type CompiledNetwork, measureAccuracy, type TrainingExamples } from '@featurescope/core';

/** An error in percent from a part that is right, to four decimals. */
export const errorPercent = (right: number): number => Math.round(1e6 * (1 - right)) / 1e4;

/** Top-1 error in percent on examples as they are, without dropout. */
export async function top1Error(
  compiled: CompiledNetwork,
  logits: string,
  examples: TrainingExamples,
  signal: AbortSignal,
): Promise<number> {
  const { top1 } = await measureAccuracy(compiled, logits, examples, signal);
  return errorPercent(top1);
}
