import type { Clock, ExecutorFactory } from '../platform/platform.js';
import type { TrainingEvent } from '../training/events.js';
import type { TrainingPlan } from '../training/plan.js';
import { trainNetwork } from '../training/train.js';
import type { TrainingJob } from '../visualizer/context.js';

/** `RunContext.train` on the executor of a run. */
export async function* trainingWith(
  executors: ExecutorFactory,
  clock: Clock,
  signal: AbortSignal,
  plan: TrainingPlan,
  job: TrainingJob,
): AsyncGenerator<TrainingEvent> {
  yield* trainNetwork(plan, { ...job, executor: await executors.create(), clock, signal });
}
