import { type CompiledNetwork, measureAccuracy, type TrainingExamples } from '@featurescope/core';

/** Pictures that are measured at once. */
const AT_ONCE = 250;

/** An error in percent from a part that is right, to four decimals. */
export const errorPercent = (right: number): number => Math.round(1e6 * (1 - right)) / 1e4;

/** Top-1 error in percent on examples as they are, without dropout. */
export async function top1Error(
  compiled: CompiledNetwork,
  logits: string,
  examples: TrainingExamples,
  signal: AbortSignal,
): Promise<number> {
  const count = examples.labels.length;
  const whole = count - (count % AT_ONCE);
  let right = 0;
  // Full batches first: a number of pictures without divisors would be measured one by one.
  for (const [from, to] of [
    [0, whole],
    [whole, count],
  ] as const) {
    if (to === from) continue;
    const { top1 } = await measureAccuracy(compiled, logits, part(examples, from, to), signal);
    right += top1 * (to - from);
  }
  return errorPercent(right / count);
}

const part = (examples: TrainingExamples, from: number, to: number): TrainingExamples => ({
  ...examples,
  labels: examples.labels.subarray(from, to),
  write: (index, target, at) => examples.write(from + index, target, at),
  writeDistorted: (index, random, target, at) => examples.writeDistorted(from + index, random, target, at),
});
