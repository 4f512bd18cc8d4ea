import { invalidNetworkFile } from './errors.js';

interface Node {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly output: string;
}

/**
 * The layers in an order in which each follows what feeds it: their own order when that is one, else the layers that feed one but come
 * later in the file are moved in front of it. @throws FeaturescopeError when there is a cycle, or two layers give one variable
 */
export const inDagOrder = <T extends Node>(layers: readonly T[], source: string): readonly T[] => {
  const makers = new Map<string, T>();
  for (const layer of layers) {
    if (makers.has(layer.output)) throw invalidNetworkFile(source, `the variable "${layer.output}" is computed by two layers`);
    makers.set(layer.output, layer);
  }
  const ordered: T[] = [];
  const state = new Map<T, 'open' | 'done'>();
  for (const layer of layers) {
    const stack = [layer];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      if (state.get(top) === 'done') stack.pop();
      else if (state.get(top) === 'open') {
        state.set(top, 'done');
        ordered.push(top);
        stack.pop();
      } else {
        state.set(top, 'open');
        const feeders = top.inputs.flatMap((name) => makers.get(name) ?? []).filter((feeder) => state.get(feeder) !== 'done');
        if (feeders.some((feeder) => state.get(feeder) === 'open'))
          throw invalidNetworkFile(source, `layer "${top.name}" depends on its own output (a cycle)`);
        stack.push(...feeders.reverse());
      }
    }
  }
  return ordered;
};
