import { type BackwardPolicy, DECONVNET, GRADIENT } from '../../execution/policy.js';
import type { Layer } from '../../network/layer.js';
import type { Network } from '../../network/network.js';

const ACTIVATIONS: ReadonlySet<Layer['kind']> = new Set(['relu', 'leakyRelu', 'clip', 'tanh', 'sigmoid']);

const either = [true, false];

/** Every policy that differs on the kinds of layers in this network; at least the gradient and deconvnet. */
export function policiesFor({ layers }: Network): readonly BackwardPolicy[] {
  const has = (test: (kind: Layer['kind']) => boolean) => layers.some(({ kind }) => test(kind));
  const masks = has((kind) => ACTIVATIONS.has(kind)) ? either : [true];
  const rectifies = has((kind) => ACTIVATIONS.has(kind)) ? either.toReversed() : [false];
  const pools = has((kind) => kind === 'maxPool') ? (['switches', 'center', 'all'] as const) : (['switches'] as const);
  const lrns = has((kind) => kind === 'lrn') ? (['gradient', 'bypass'] as const) : (['gradient'] as const);
  const policies = masks.flatMap((forwardMask) =>
    rectifies.flatMap((rectifySignal) =>
      pools.flatMap((maxPool) =>
        lrns.map((lrn): BackwardPolicy => {
          const name = [forwardMask && 'mask', rectifySignal && 'rectify', maxPool, `lrn ${lrn}`].filter(Boolean).join(', ');
          return { name, relu: { forwardMask, rectifySignal }, maxPool, lrn };
        }),
      ),
    ),
  );
  return policies.length > 1 ? policies : [GRADIENT, DECONVNET];
}
