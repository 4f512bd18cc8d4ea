import { DECONVNET, GRADIENT, GUIDED } from '../../../execution/policy.js';
import type { Shape } from '../../../network/layer.js';
import { referenceForward } from '../../reference/forward.js';
import { assertRejects } from '../compare.js';
import { fed } from '../network-case.js';
import { anySizeCase, classifierCase } from '../networks/graphs.js';
import { type ConformanceGroup, type ConformanceTest, takenAll, withCompiled, withTensor } from '../test-case.js';
import { assertActivations, checkGradient, checkWeightGradients } from './passes.js';

const sizes: readonly (readonly [pictures: number, size: Shape])[] = [
  [2, [12, 10, 3]],
  [1, [9, 13, 3]],
  [3, [21, 8, 3]],
  [2, [9, 9, 3]],
  [2, [12, 10, 3]],
  [1, [30, 31, 3]],
];

const sizeTests = (): readonly ConformanceTest[] => [
  {
    name: 'inputs of several sizes in turn',
    run: (executor) => {
      const item = anySizeCase();
      return withCompiled(executor, item.network, async (compiled) => {
        for (const [pictures, size] of sizes) {
          const other = fed(item, pictures, size);
          await checkGradient(compiled, other, GRADIENT, 'pool2');
          await checkGradient(compiled, other, DECONVNET, 'conv2', 'norm1');
          await checkWeightGradients(compiled, other, GRADIENT);
        }
      });
    },
  },
  {
    name: 'an input that does not fit the dense layers reaches those below',
    run: (executor) => {
      const item = classifierCase();
      const below = { ...item.network, layers: item.network.layers.slice(0, 7), outputs: ['pool2'] };
      return withCompiled(executor, item.network, async (compiled) => {
        const other = fed(item, 1, [15, 17, 3], below);
        const pass = referenceForward(below, other.input);
        const wanted = ['pool2', 'conv1'];
        assertActivations(await withTensor(other.input, async (x) => takenAll(await compiled.forward(x, wanted))), pass, wanted);
        await checkGradient(compiled, other, GUIDED, 'pool2');
        await withTensor(other.input, (x) => assertRejects(compiled.forward(x, ['fc4']), 'forward to a layer that does not fit'));
        await checkGradient(compiled, item, GRADIENT, 'prob');
      });
    },
  },
];

/** Inputs of other sizes than recommended. */
export const sizeGroup = (): ConformanceGroup => ({ name: 'sizes', tests: sizeTests() });
