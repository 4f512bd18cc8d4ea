import type { LayerHook } from '../../../execution/hook.js';
import { GRADIENT } from '../../../execution/policy.js';
import type { LayerName } from '../../../network/layer.js';
import { createRandom } from '../../../random-stream.js';
import { type ReferenceTerm, termValues } from '../../reference/seeds.js';
import { disposeAll } from '../../reference/tensors.js';
import { assertClose, assertEqual } from '../compare.js';
import { drawn } from '../network-case.js';
import { type ConformanceGroup, type ConformanceTest, taken } from '../test-case.js';
import { classifier, classifierTest } from './classifier.js';
import { termTest, withTerms } from './term-test.js';

/** Terms of every form without a weight, high in the network. */
const weightless = (): readonly ReferenceTerm[] => {
  const layer = 'conv2';
  const guide = drawn(classifier().pass.values.get(layer)?.shape ?? [0, 0, 0, 0], createRandom('guide'));
  return [
    ...(['sum', 'squares', 'positiveSquares'] as const).map((form) => ({ layer, form, units: [{ channel: 1 }], mean: true, weight: 0 })),
    { layer, form: { dot: guide }, weight: 0 },
    { layer, form: { distance: guide, relative: true }, weight: 0 },
    { layer, form: { match: guide }, weight: 0 },
    { layer, form: { direction: [1, 0, -1, 2, 0.5] }, weight: 0 },
    { layer: 'fc4', form: { crossEntropy: [0, 1, 2] }, weight: 0 },
  ];
};

/** The layers that a signal reaches are those at or below terms with a weight; every term has its value. */
const reachTest = (name: string, terms: () => readonly ReferenceTerm[], reached: readonly LayerName[]): ConformanceTest =>
  classifierTest(name, (compiled, input, { item, pass }) =>
    withTerms(terms(), async (seeds) => {
      const seen: LayerName[] = [];
      const hook: LayerHook = {
        layers: item.network.layers.map((layer) => layer.name),
        backward: (_, layer) => void seen.push(layer.name),
      };
      for (const hooks of [[hook], []]) {
        const { gradient, values, activations } = await compiled.gradient({ input, seeds, policy: GRADIENT, hooks });
        disposeAll(activations);
        const { data } = await taken(gradient);
        assertEqual(
          data.some((value) => value !== 0),
          reached.length > 0,
          'whether the gradient is other than zero',
        );
        for (const [i, term] of terms().entries())
          assertClose({ data: values[i] ?? [] }, { data: termValues(pass, term) }, `value of term ${i}`);
      }
      assertEqual(seen, reached, 'layers that a signal reached');
      const trained = await compiled.weightGradient({ input, seeds, policy: GRADIENT });
      disposeAll(trained.activations);
      assertEqual(
        [...trained.gradients.keys()].toSorted(),
        reached.length > 0 ? ['conv1/bias', 'conv1/kernel'] : [],
        'weights with gradients',
      );
    }),
  );

/** Terms of weight 0, which are evaluated and send no signal. */
export const weightlessGroup = (): ConformanceGroup => ({
  name: 'seeds: weight 0',
  tests: [
    reachTest('alone', weightless, []),
    reachTest('above a term with a weight', () => [...weightless(), { layer: 'relu1', form: 'sum', weight: 1 }], ['relu1', 'conv1']),
    reachTest('no terms at all', () => [], []),
    termTest('beside a term with a weight', [...weightless(), { layer: 'conv2', form: 'squares', weight: 0.5 }], ['conv1', 'prob']),
  ],
});
