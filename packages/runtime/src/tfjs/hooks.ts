import {
  hooksByLayer,
  type inferShapes,
  type LayerHook,
  type LayerInfo,
  type LayerName,
  type Network,
  receptiveFields,
  type Shape,
  weightShapes,
} from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { wrongShape } from '../errors.js';
import type { TensorScope } from './tensor-scope.js';

export type HookDirection = 'forward' | 'backward';

/** The layers as a hook sees them, at the size of this input. Layers that are not run have an empty output shape. */
function describeRun(network: Network, shapes: ReturnType<typeof inferShapes>): readonly LayerInfo[] {
  const fields = receptiveFields(network, shapes);
  const nothing = { size: [1, 1], jump: [1, 1], start: [0, 0] } as const;
  return network.layers.map((layer, i) => ({
    index: i + 1,
    name: layer.name,
    kind: layer.kind,
    inputs: layer.inputs,
    outputShape: shapes.get(layer.name) ?? [0, 0, 0],
    parameters: layer.weightsOf === undefined ? parameters(layer, shapes.get(layer.inputs[0] ?? '')) : 0,
    receptiveField: fields.get(layer.name) ?? nothing,
  }));
}

const parameters = (layer: Network['layers'][number], input: Shape | undefined): number =>
  input ? [...weightShapes(layer, input).values()].reduce((sum, shape) => sum + shape.reduce((all, n) => all * n, 1), 0) : 0;

/** The hooks of one call. */
export class RunHooks {
  readonly #infos: ReadonlyMap<LayerName, LayerInfo>;
  readonly #hooks: Readonly<Record<HookDirection, ReadonlyMap<LayerName, readonly LayerHook[]>>>;

  /** @throws FeaturescopeError when a hook names a layer that does not exist */
  constructor(hooks: readonly LayerHook[], network: Network, shapes: ReturnType<typeof inferShapes>) {
    const infos = hooks.length > 0 ? describeRun(network, shapes) : [];
    this.#infos = new Map(infos.map((info) => [info.name, info]));
    this.#hooks = { forward: hooksByLayer(hooks, infos, 'forward'), backward: hooksByLayer(hooks, infos, 'backward') };
  }

  /** Shows the tensor to the hooks of a layer, in order; gives it back, or what they put in its place. */
  async apply(direction: HookDirection, layer: LayerName, tensor: Tensor4D, scope: TensorScope): Promise<Tensor4D> {
    const info = this.#infos.get(layer);
    let current = tensor;
    for (const hook of (info && this.#hooks[direction].get(layer)) ?? []) {
      const view = scope.own(current.clone());
      const replacement = info && (await hook[direction]?.(view, info));
      if (replacement) {
        scope.own(replacement);
        if (replacement.shape.join() !== current.shape.join())
          throw wrongShape(`The ${direction} hook's replacement`, layer, replacement.shape, current.shape);
        current = replacement;
      }
      if (replacement !== view) scope.release(view);
    }
    return current;
  }
}
