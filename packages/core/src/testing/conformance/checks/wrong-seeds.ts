import { memory } from '@tensorflow/tfjs-core';
import { FeaturescopeError } from '../../../errors.js';
import { GRADIENT } from '../../../execution/policy.js';
import { type Shape4, zeros } from '../../reference/array4.js';
import type { ReferenceTerm } from '../../reference/seeds.js';
import { assertEqual, assertRejects } from '../compare.js';
import type { ConformanceGroup, ConformanceTest } from '../test-case.js';
import { classifier, classifierTest } from './classifier.js';
import { withTerms } from './term-test.js';

type Wrong = Omit<ReferenceTerm, 'layer' | 'weight'> & { readonly layer?: string };

/** Terms that do not fit the layer conv2 of three pictures, and the code of the error; `[n, h, w, c]` is the layer's shape. */
function wrongTerms([n, h, w, c]: Shape4): Readonly<Record<string, readonly [code: string, term: Wrong]>> {
  const guide = (...shape: Shape4) => zeros(shape);
  const vector = (length: number) => new Array<number>(length).fill(1);
  return {
    'a channel too high': ['executor/unit', { form: 'sum', units: [{ channel: c }] }],
    'a channel between two': ['executor/unit', { form: 'sum', units: [{ channel: 0.5 }] }],
    'a negative position': ['executor/unit', { form: 'sum', units: [{ channel: 0, at: [0, -1] }] }],
    'a position below the map': ['executor/unit', { form: 'squares', units: [{ channel: 0, at: [h, 0] }] }],
    'units for other pictures': ['executor/units', { form: 'sum', units: [{ channel: 0 }, { channel: 1 }] }],
    'no units': ['executor/units', { form: 'sum', units: [] }],
    'a dot of another size': ['executor/guide', { form: { dot: guide(1, h, w + 1, c) } }],
    'a dot for other pictures': ['executor/guide', { form: { dot: guide(n - 1, h, w, c) } }],
    'a distance of other channels': ['executor/guide', { form: { distance: guide(n, h, w, c - 1) } }],
    'a match of other channels': ['executor/guide', { form: { match: guide(1, h, w, c + 1) } }],
    'a match for other pictures': ['executor/guide', { form: { match: guide(n + 1, 1, 1, c) } }],
    'a match without positions': ['executor/guide', { form: { match: guide(1, 0, 2, c) } }],
    'a direction too short': ['executor/direction', { form: { direction: vector(c - 1) } }],
    'a label too high': ['executor/labels', { layer: 'fc4', form: { crossEntropy: [0, 1, 4] } }],
    'labels for a map': ['executor/labels', { form: { crossEntropy: [0, 1, 2] } }],
    'labels for other pictures': ['executor/labels', { layer: 'fc4', form: { crossEntropy: [0] } }],
    'units of a dot': ['executor/seed-part', { form: { dot: guide(1, h, w, c) }, units: [{ channel: 0 }] }],
    'a mean of a match': ['executor/seed-part', { form: { match: guide(1, 1, 1, c) }, mean: true }],
  };
}

const wrongTest = (name: string, code: string, term: ReferenceTerm): ConformanceTest =>
  classifierTest(name, (compiled, input) =>
    withTerms([{ layer: 'conv1', form: 'sum', weight: 1 }, term], async (seeds) => {
      const before = memory().numTensors;
      const request = { input, seeds, policy: GRADIENT };
      for (const call of [() => compiled.gradient(request), () => compiled.weightGradient(request)]) {
        const reason = await assertRejects(call(), name);
        assertEqual(reason instanceof FeaturescopeError && reason.code, code, 'code of the error');
      }
      assertEqual(memory().numTensors, before, 'tensors afterwards');
    }),
  );

/** Seed terms that do not fit their layer are refused, with the same error by every executor. */
export const wrongSeedGroup = (): ConformanceGroup => ({
  name: 'seeds: wrong',
  tests: Object.entries(wrongTerms(classifier().pass.values.get('conv2')?.shape ?? [0, 0, 0, 0])).map(([name, [code, term]]) =>
    wrongTest(name, code, { layer: 'conv2', weight: 1, ...term }),
  ),
});
