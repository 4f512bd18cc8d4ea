import { memory } from '@tensorflow/tfjs-core';
import type { Executor } from '../execution/executor.js';
import { conformanceGroups } from './conformance/index.js';
import type { ConformanceTest } from './conformance/test-case.js';

export interface ConformanceOptions {
  /** Makes the executor, and the tensor backend that it needs, ready. Called once. */
  readonly createExecutor: () => Executor | Promise<Executor>;
  /** The test framework's own, for example vitest's. */
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => Promise<void>) => unknown;
  /** Runs only groups whose name passes. Default: all. */
  readonly groups?: (name: string) => boolean;
}

/**
 * Tests that an executor does what its contract says, against the float64 reference: every layer kind under every backward
 * policy, seeds, hooks, weight gradients, sizes, errors. Each test also checks that it leaves no tensor behind.
 */
export function executorConformance({ createExecutor, describe, it, groups = () => true }: ConformanceOptions): void {
  let executor: Promise<Executor> | undefined;
  const shared = () => {
    executor ??= Promise.resolve(createExecutor());
    return executor;
  };
  for (const { name, tests } of conformanceGroups().filter((group) => groups(group.name)))
    describe(name, () => {
      for (const test of tests) it(test.name, async () => runTest(test, await shared()));
    });
}

async function runTest(test: ConformanceTest, executor: Executor): Promise<void> {
  const before = memory().numTensors;
  await test.run(executor);
  const left = memory().numTensors - before;
  if (left !== 0) throw new Error(`${executor.name}: ${left} tensors were left behind`);
}
