import type { Network, Weight, WeightName, Weights } from '../network/network.js';

/**
 * A network's weights with those of another in place of its own where name and shape are the same. A kernel that has the same
 * positions and filters but more input channels gets the other's in its last channels and zeros before: where those hold the whole drawing, as the
 * last stroke-order channel does, the network starts as the one that saw only that.
 */
export function weightsFrom({ weights }: Network, source: Weights): { readonly weights: Weights; readonly taken: number } {
  let taken = 0;
  const started = new Map<WeightName, Weight>();
  for (const [name, own] of weights) {
    const found = fitted(own, source.get(name));
    if (found) taken++;
    started.set(name, found ?? own);
  }
  return { weights: started, taken };
}

/** Weights of several networks as those of one that has them side by side, in groups: kernels and biases joined along their filters. */
export function sideBySide(networks: readonly Weights[]): Weights {
  const [first = new Map<WeightName, Weight>(), ...others] = networks;
  const joined = new Map<WeightName, Weight>();
  for (const [name, weight] of first) {
    const all = [weight, ...others.flatMap((weights) => weights.get(name) ?? [])];
    if (all.length === networks.length && all.every(({ shape }) => `${shape}` === `${weight.shape}`))
      joined.set(name, besideEachOther(all));
  }
  return joined;
}

function besideEachOther(all: readonly Weight[]): Weight {
  const shape = all[0]?.shape ?? [];
  const filters = shape.at(-1) ?? 0;
  const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const data = new Float32Array(rows * filters * all.length);
  for (const [i, weight] of all.entries())
    for (let row = 0; row < rows; row++)
      data.set(weight.data.subarray(row * filters, (row + 1) * filters), (row * all.length + i) * filters);
  return { shape: [...shape.slice(0, -1), filters * all.length], data };
}

function fitted({ shape }: Weight, source: Weight | undefined): Weight | undefined {
  if (source?.shape.length !== shape.length) return undefined;
  const same = (axis: number): boolean => source.shape[axis] === shape[axis];
  if (shape.every((_, axis) => same(axis))) return source;
  const [, , had = 0, filters = 0] = source.shape;
  const channels = shape[2] ?? 0;
  if (shape.length !== 4 || !same(0) || !same(1) || !same(3) || had > channels) return undefined;
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  const positions = (shape[0] ?? 0) * (shape[1] ?? 0);
  for (let position = 0; position < positions; position++) {
    const from = position * had * filters;
    data.set(source.data.subarray(from, from + had * filters), (position * channels + channels - had) * filters);
  }
  return { shape, data };
}
