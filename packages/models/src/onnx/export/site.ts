import type { Layer, LayerName, Shape } from '@featurescope/core';
import { int64Tensor } from '@featurescope/onnx';
import type { GraphWriter } from './graph-writer.js';

/** Whether a value is [N, C, H, W] or, after a dense or flatten layer, [N, C]. */
type Form = 'map' | 'flat';

/** A value in the file. */
export interface Written {
  readonly name: LayerName;
  readonly form: Form;
  /** At the recommended size: height, width, channels. */
  readonly shape: Shape;
}

/** A layer that is being written, with what feeds it. */
export class Site<L extends Layer = Layer> {
  constructor(
    readonly layer: L,
    readonly inputs: readonly Written[],
    readonly graph: GraphWriter,
    /** Whether the file is for one input size, so that sizes of maps are known. */
    readonly fixedSize: boolean,
  ) {}

  get first(): Written {
    const [first] = this.inputs;
    if (first === undefined) throw new RangeError(`The layer "${this.layer.name}" has no input.`);
    return first;
  }

  /** Input `i` as [N, C, H, W]. */
  map(i = 0): string {
    const input = this.inputs[i] ?? this.first;
    if (input.form === 'map') return input.name;
    const axes = this.graph.tensor(this.layer, 'axes', (name) => int64Tensor(name, [2], [2, 3]));
    return this.graph.part(this.layer, 'map', 'Unsqueeze', [input.name, axes]);
  }

  /** The inputs in one form: as maps where one of them is. */
  together(): { readonly names: readonly string[]; readonly form: Form } {
    const form = this.inputs.some((input) => input.form === 'map') ? 'map' : 'flat';
    return { names: this.inputs.map(({ name }, i) => (form === 'map' ? this.map(i) : name)), form };
  }

  write(type: string, inputs: readonly string[], attributes: Parameters<GraphWriter['layer']>[3] = {}): void {
    this.graph.layer(this.layer, type, inputs, attributes);
  }
}

/** Writes the nodes of a layer; answers the form of its value. @throws FeaturescopeError naming the layer when ONNX cannot say it */
export type WriteLayer<L extends Layer> = (site: Site<L>) => Form;
