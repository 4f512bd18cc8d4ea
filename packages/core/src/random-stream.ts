import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { Random } from './random.js';
import { hash128, type Key128 } from './random-key.js';

/** Seeded random numbers (xoroshiro128+). The same seed gives the same numbers on every machine. */
export function createRandom(seed: number | string): Random {
  return streamOf(hash128([0, 0, 0, 0], String(seed)));
}

function streamOf(key: Key128): Random {
  const generator = xoroshiro128plusFromState(key.some((word) => word !== 0) ? key : [1, 2, 3, 4]);
  const uniform = (): number => (generator.next() >>> 0) / 2 ** 32;
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const integer = (low: number, high: number): number => uniformInt(generator, low, high);
  return {
    uniform,
    integer,
    normal,
    fork: (label) => streamOf(hash128(key, String(label))),
    permutation(n) {
      const order = Int32Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = integer(0, i);
        const kept = order[i] ?? 0;
        order[i] = order[j] ?? 0;
        order[j] = kept;
      }
      return order;
    },
    fillUniform(target, low, high) {
      for (let i = 0; i < target.length; i++) target[i] = low + (high - low) * uniform();
      return target;
    },
    fillNormal(target, mean, deviation) {
      for (let i = 0; i < target.length; i++) target[i] = mean + deviation * normal();
      return target;
    },
  };
}
