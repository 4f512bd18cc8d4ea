import type { GradientRequest } from '../../../execution/executor.js';
import type { PlainValues } from '../../../execution/plain-gradient.js';
import { GRADIENT, GUIDED } from '../../../execution/policy.js';
import type { SeedTerm } from '../../../execution/seed.js';
import type { LayerName } from '../../../network/layer.js';
import { referenceBackward, referenceSignals, referenceWeightGradients } from '../../reference/backward.js';
import type { ReferencePass } from '../../reference/forward.js';
import { type ReferenceTerm, termSeeds, termValues } from '../../reference/seeds.js';
import { disposeAll, toTensor } from '../../reference/tensors.js';
import { assertClose, assertEqual } from '../compare.js';
import type { NetworkCase } from '../network-case.js';
import { type ConformanceTest, taken, takenAll, withCompiled, withTensor } from '../test-case.js';
import { classifier } from './classifier.js';
import { assertActivations } from './passes.js';

/** The form with the numbers of a reference term in tensors. */
function formOf({ form }: ReferenceTerm): SeedTerm['form'] {
  if (typeof form === 'string') return form;
  if ('dot' in form) return { dot: toTensor(form.dot) };
  if ('distance' in form) return { ...form, distance: toTensor(form.distance) };
  if ('match' in form) return { match: toTensor(form.match) };
  return 'direction' in form ? form : { crossEntropy: Int32Array.from(form.crossEntropy) };
}

/** The same terms for an executor, for the time of a call. */
export async function withTerms<T>(terms: readonly ReferenceTerm[], use: (terms: readonly SeedTerm[]) => Promise<T>): Promise<T> {
  const made = terms.map((term): SeedTerm => ({ ...term, form: formOf(term) }));
  try {
    return await use(made);
  } finally {
    for (const { form } of made)
      if (typeof form === 'object')
        for (const part of Object.values(form)) if (part && typeof part === 'object' && 'dispose' in part) part.dispose();
  }
}

/** Values, gradient, wanted activations and weight gradients for these terms, on the classifier unless another network is given. */
export const termTest = (
  name: string,
  terms: readonly ReferenceTerm[],
  wanted: readonly LayerName[] = [],
  subject: () => { readonly item: NetworkCase; readonly pass: ReferencePass } = classifier,
): ConformanceTest => ({
  name,
  run: (executor) => {
    const { item, pass } = subject();
    return withCompiled(executor, item.network, (compiled) =>
      withTensor(item.input, (input) =>
        withTerms(terms, async (seeds) => {
          const expected = terms.map((term) => termValues(pass, term));
          const assertValues = (values: readonly Float32Array[]) => {
            assertEqual(values.length, terms.length, 'number of values');
            for (const [i, data] of expected.entries()) assertClose({ data: values[i] ?? [] }, { data }, `value of term ${i}`);
          };
          for (const policy of [GRADIENT, GUIDED]) {
            const request: GradientRequest = { input, seeds, policy, wanted };
            const result = await compiled.gradient(request);
            const [gradient, activations] = [await taken(result.gradient), await takenAll(result.activations)];
            assertValues(result.values);
            assertClose(gradient, referenceBackward(pass, termSeeds(pass, terms), policy), `gradient under ${policy.name}`);
            assertEqual([...activations.keys()].toSorted(), [...wanted].toSorted(), 'layers of the activations');
            assertActivations(activations, pass, wanted);
            const plain: PlainValues = { shape: item.input.shape, data: Float32Array.from(item.input.data) };
            const values = await compiled.plainGradient?.({ input: plain, seeds, policy, into: plain.data });
            if (!values) continue;
            assertValues(values);
            assertClose(plain, gradient, `gradient in plain memory under ${policy.name}`);
          }
          const trained = await compiled.weightGradient({ input, seeds, policy: GRADIENT });
          disposeAll(trained.activations);
          assertValues(trained.values);
          const weights = referenceWeightGradients(pass, referenceSignals(pass, termSeeds(pass, terms), GRADIENT));
          for (const [weight, data] of weights)
            assertClose({ data: trained.gradients.get(weight) ?? [] }, { data }, `gradient of the weight "${weight}"`);
        }),
      ),
    );
  },
});
