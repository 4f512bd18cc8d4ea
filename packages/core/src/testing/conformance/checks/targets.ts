import { DECONVNET, GRADIENT, GUIDED } from '../../../execution/policy.js';
import type { NetworkCase } from '../network-case.js';
import { anySizeCase, classifierCase, fireCase, sharedCase } from '../networks/graphs.js';
import { type ConformanceGroup, withCompiled } from '../test-case.js';
import { checkGradient } from './passes.js';

const pairs = ({ network }: NetworkCase): readonly (readonly [from: string, to: string])[] => {
  const names = network.layers.map(({ name }) => name);
  const last = names.at(-1) ?? '';
  return [...names.map((to) => [last, to] as const), ...names.map((from) => [from, network.input.name] as const)];
};

/** Seeds at every layer, and gradients at every layer's output. */
export const targetGroups = (): readonly ConformanceGroup[] =>
  [classifierCase(), fireCase(), sharedCase(), anySizeCase()].map((item) => ({
    name: `from and to: ${item.name}`,
    tests: pairs(item).map(([from, to]) => ({
      name: `from ${from} to ${to}`,
      run: (executor) =>
        withCompiled(executor, item.network, async (compiled) => {
          for (const policy of [GRADIENT, DECONVNET, GUIDED]) await checkGradient(compiled, item, policy, from, to);
        }),
    })),
  }));
