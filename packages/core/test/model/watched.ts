import type { Executor, GradientRequest } from '../../src/index.js';
import { referenceExecutor } from '../../src/testing/index.js';

/** The reference, which remembers the gradients it was asked for. */
export function watched(requests: GradientRequest[]): Executor {
  return {
    name: 'spy',
    compile: async (network) => {
      const compiled = await referenceExecutor.compile(network);
      return {
        network,
        forward: (input, wanted, options) => compiled.forward(input, wanted, options),
        gradient: (request, to) => {
          requests.push(request);
          return compiled.gradient(request, to);
        },
        weightGradient: (request) => compiled.weightGradient(request),
        setWeights: (weights) => compiled.setWeights(weights),
        dispose: () => compiled.dispose(),
      };
    },
  };
}
