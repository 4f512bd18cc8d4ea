import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { SeedTerm, Unit } from '../../src/index.js';

/** Value, summed over the batch, and gradient of a closed form, in plain arithmetic. */
export function seedGradient({ form, units, mean }: Omit<SeedTerm, 'weight'>, a: Tensor4D): { value: number; gradient: number[] } {
  const values = a.dataSync();
  const [, height, width, channels] = a.shape;
  const size = height * width * channels;
  const gradient = new Array<number>(values.length).fill(0);
  let value = 0;
  const selected = (i: number): boolean => {
    const unit: Unit | undefined = units?.[units.length === 1 ? 0 : Math.floor(i / size)];
    if (!unit) return true;
    const inside = i % size;
    const at = [Math.floor(inside / (width * channels)), Math.floor(inside / channels) % width];
    return inside % channels === unit.channel && (!unit.at || (at[0] === unit.at[0] && at[1] === unit.at[1]));
  };
  const chosen = Array.from(values, (_, i) => i).filter(selected);
  const divisor = mean ? chosen.length / a.shape[0] : 1;
  for (const i of chosen) {
    const x = values[i] ?? 0;
    const [v, g] =
      typeof form === 'object' ? dotForm(form, x, i) : form === 'sum' ? [x, 1] : form === 'squares' || x > 0 ? [x * x, 2 * x] : [0, 0];
    value += v / divisor;
    gradient[i] = g / divisor;
  }
  return { value, gradient };
}

function dotForm(form: object, x: number, i: number): [number, number] {
  if (!('dot' in form)) throw new Error('cross-entropy is not an objective here');
  const guide = (form.dot as Tensor4D).dataSync()[i] ?? 0;
  return [x * guide, guide];
}
