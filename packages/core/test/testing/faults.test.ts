import '@tensorflow/tfjs';
import {
  type CompiledNetwork,
  DECONVNET,
  type Executor,
  GRADIENT,
  type GradientRequest,
  type Network,
  type SeedTerm,
} from '@featurescope/core';
import { executorConformance, referenceExecutor } from '@featurescope/core/testing';
import { dispose, type Tensor4D, tensor4d, tidy, mul as times } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';

/** The reference with one fault. */
const faulty = (fault: (compiled: CompiledNetwork, network: Network) => Partial<CompiledNetwork>): Executor => ({
  name: 'faulty',
  compile: async (network, options) => {
    const compiled = await referenceExecutor.compile(network, options);
    const whole: CompiledNetwork = {
      network,
      forward: compiled.forward.bind(compiled),
      gradient: compiled.gradient.bind(compiled),
      weightGradient: compiled.weightGradient.bind(compiled),
      setWeights: compiled.setWeights.bind(compiled),
      dispose: compiled.dispose.bind(compiled),
    };
    return { ...whole, ...fault(compiled, network) };
  },
});

/** Names of the tests that fail in the groups given. */
async function failures(executor: Executor, groups: (name: string) => boolean): Promise<readonly string[]> {
  const failed: string[] = [];
  const tests: (() => Promise<void>)[] = [];
  executorConformance({
    createExecutor: () => executor,
    describe: (_, body) => body(),
    it: (name, body) => tests.push(() => body().catch(() => void failed.push(name))),
    groups,
  });
  for (const test of tests) await test();
  return failed;
}

const changedRequest = (change: (request: GradientRequest) => GradientRequest) =>
  faulty((compiled) => ({ gradient: (request, to) => compiled.gradient(change(request), to) }));

type Seeds = GradientRequest['seeds'];

const changedTerms = (seeds: Seeds, change: (term: SeedTerm) => SeedTerm): Seeds => ('layers' in seeds ? seeds : seeds.map(change));

const absolute = (seeds: Seeds): Seeds =>
  changedTerms(seeds, (term) =>
    typeof term.form === 'object' && 'distance' in term.form ? { ...term, form: { distance: term.form.distance } } : term,
  );

const weighted = (seeds: Seeds): Seeds => changedTerms(seeds, (term) => ({ ...term, weight: term.weight || Number.MIN_VALUE }));

const faults: Readonly<Record<string, { readonly executor: Executor; readonly group: string; readonly caught: RegExp }>> = {
  'ignores the policy': {
    executor: changedRequest((request) => ({ ...request, policy: GRADIENT })),
    group: 'activation: relu',
    caught: /rectify/,
  },
  'ignores switches': {
    executor: changedRequest((request) => ({ ...request, policy: { ...request.policy, maxPool: 'center' } })),
    group: 'maxPool: 3×3/2 overlapping',
    caught: /switches/,
  },
  'bypasses normalisation': {
    executor: changedRequest((request) => ({ ...request, policy: { ...request.policy, lrn: DECONVNET.lrn } })),
    group: 'normalisation: lrn over 5 channels',
    caught: /lrn gradient/,
  },
  'ignores hooks': { executor: changedRequest(({ hooks: _, ...request }) => request), group: 'hooks', caught: /replaces signals by name/ },
  'does not divide a relative distance': {
    executor: changedRequest((request) => ({ ...request, seeds: absolute(request.seeds) })),
    group: 'seeds: guides',
    caught: /relative distance/,
  },
  'sends signals of terms without a weight': {
    executor: changedRequest((request) => ({ ...request, seeds: weighted(request.seeds) })),
    group: 'seeds: weight 0',
    caught: /alone/,
  },
  'ignores dropout masks': {
    executor: faulty((compiled) => ({ weightGradient: ({ dropout: _, ...request }) => compiled.weightGradient(request) })),
    group: 'graph: a classifier',
    caught: /weight gradients/,
  },
  'keeps old weights': { executor: faulty(() => ({ setWeights: () => undefined })), group: 'setWeights', caught: /classifier/ },
  'leaves a tensor behind': {
    executor: faulty((compiled) => ({
      forward: (input, wanted, options) => {
        tensor4d([0], [1, 1, 1, 1]);
        return compiled.forward(input, wanted, options);
      },
    })),
    group: 'layout: identity',
    caught: /forward/,
  },
  'disposes the input': {
    executor: faulty((compiled) => ({
      gradient: async (request, to) => {
        const result = await compiled.gradient(request, to);
        request.input.dispose();
        return result;
      },
    })),
    group: 'disposal and errors',
    caught: /neither changed nor disposed/,
  },
  'writes no gradient to plain memory': {
    executor: faulty((compiled) => ({
      plainGradient: async ({ input, into: _, ...request }) => {
        const tensor = tensor4d(input.data, [...input.shape]);
        const { values, gradient } = await compiled.gradient({ input: tensor, ...request });
        dispose([tensor, gradient]);
        return values;
      },
    })),
    group: 'seeds: forms and units',
    caught: /squares/,
  },
  'is off by a thousandth': {
    executor: faulty((compiled) => ({
      gradient: async (request, to) => {
        const result = await compiled.gradient(request, to);
        const gradient = tidy((): Tensor4D => times(result.gradient, 1.001));
        result.gradient.dispose();
        return { ...result, gradient };
      },
    })),
    group: 'conv: 3×3, padding 1',
    caught: /backward/,
  },
};

describe('an executor that', () => {
  it.each(Object.entries(faults))('%s is caught', async (_, { executor, group, caught }) => {
    const failed = await failures(executor, (name) => name === group);
    expect(failed).toContainEqual(expect.stringMatching(caught));
  });

  it('has no fault passes', async () => {
    expect(await failures(referenceExecutor, (name) => name === 'hooks')).toEqual([]);
  });
});
