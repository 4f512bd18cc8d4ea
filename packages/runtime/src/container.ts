import { EXECUTOR_FACTORY, LOGGER, type RuntimeChoice, TENSOR_RUNTIME } from '@featurescope/core';
import type { DependencyContainer } from 'tsyringe';
import { createRuntime } from './choose.js';
import type { RuntimeReport } from './report.js';

/**
 * Starts a runtime and registers it: tensor maths under TENSOR_RUNTIME and one shared executor under EXECUTOR_FACTORY.
 * @throws FeaturescopeError when a runtime asked for by name cannot be had
 */
export async function registerRuntime(container: DependencyContainer, choice: RuntimeChoice = 'auto'): Promise<RuntimeReport> {
  const log = container.isRegistered(LOGGER, true) ? container.resolve(LOGGER) : undefined;
  const { tensors, executor, report } = await createRuntime(choice, log);
  container.register(TENSOR_RUNTIME, { useValue: tensors });
  container.register(EXECUTOR_FACTORY, { useValue: { create: async () => executor } });
  return report;
}
