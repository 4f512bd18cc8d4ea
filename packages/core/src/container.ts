import 'reflect-metadata/lite';
import { container, type DependencyContainer, type InjectionToken } from 'tsyringe';
import type { Reporter } from './platform/platform.js';
import type { Plugin } from './run/plugin.js';
import { REPORTERS } from './tokens.js';

/** All reporters of one run. */
export const RUN_REPORTERS: InjectionToken<readonly Reporter[]> = Symbol('featurescope:run-reporters');

/** An empty container for the services that a run needs; packages fill it through their `register…` functions. */
export const createContainer = (): DependencyContainer => container.createChildContainer();

/** The container of one run: that of the host, and what plugins register. The caller disposes it. */
export function createRunContainer(host: DependencyContainer, plugins: readonly Plugin[]): DependencyContainer {
  const child = host.createChildContainer();
  for (const plugin of plugins) plugin.register?.(child);
  // A container that has reporters of its own hides those of its parent.
  const ofHost = host.isRegistered(REPORTERS, true) ? host.resolveAll(REPORTERS) : [];
  const ofPlugins = child.isRegistered(REPORTERS) ? child.resolveAll(REPORTERS) : [];
  child.register(RUN_REPORTERS, { useValue: [...ofHost, ...ofPlugins] });
  return child;
}
