import { inferShapes, type Layer, type LayerName, type Network, weightOwner } from '@featurescope/core';
import { forwardRule } from '../forward/index.js';
import type { GraphBuilder, Value } from './builder.js';
import { type MapShape, toChannelsFirst } from './operations.js';
import type { Parameters } from './parameters.js';
import { type PassSpec, PORTS } from './pass-spec.js';
import type { Site } from './site.js';

/** The forward part of a graph: every layer is added when its activation is first asked for. */
export class ActivationGraph {
  readonly #g: GraphBuilder;
  readonly #parameters: Parameters;
  readonly #spec: PassSpec;
  readonly #inputName: LayerName;
  readonly #layers: ReadonlyMap<LayerName, Layer>;
  readonly #shapes: ReadonlyMap<LayerName, readonly [number, number, number]>;
  readonly #values = new Map<string, Value>();

  constructor(g: GraphBuilder, network: Network, parameters: Parameters, spec: PassSpec, needed: readonly LayerName[]) {
    this.#g = g;
    this.#parameters = parameters;
    this.#spec = spec;
    this.#inputName = network.input.name;
    this.#layers = new Map(network.layers.map((layer) => [layer.name, layer]));
    this.#shapes = inferShapes(network, spec.input, needed);
  }

  shape(name: LayerName): MapShape {
    const [h, w, c] = this.#shapes.get(name) ?? [0, 0, 0];
    return [this.#spec.batch, c, h, w];
  }

  /** Whether a hook has put something in place of what the layer computes. */
  isReplaced(name: LayerName): boolean {
    return this.#spec.replaced.includes(name);
  }

  /** The activation that consumers see: the layer's own, or what a hook put in its place. */
  value(name: LayerName): Value {
    if (this.isReplaced(name)) return this.mapInput(PORTS.replacement(name), name);
    if (name === this.#inputName) return this.mapInput(PORTS.input, name);
    return this.computed(name);
  }

  /** What the layer itself computes. */
  computed(name: LayerName): Value {
    return this.#once(`computed ${name}`, () => {
      const layer = this.#layers.get(name);
      if (layer === undefined) throw new Error(`no layer ${name}`);
      return forwardRule(layer)(this.site(layer));
    });
  }

  /** A graph input [N, H, W, C] of the size of a layer, as [N, C, H, W]. */
  mapInput(port: string, layer: LayerName): Value {
    return this.#once(`input ${port}`, () => {
      const shape = this.shape(layer);
      const [n, c, h, w] = shape;
      return toChannelsFirst(this.#g, this.#g.input(port, [n, h, w, c]), shape);
    });
  }

  site(layer: Layer): Site {
    const inputShapes = layer.inputs.map((name) => this.shape(name));
    return {
      g: this.#g,
      parameters: this.#parameters,
      layer,
      inputShapes,
      inputShape: inputShapes[0] ?? [0, 0, 0, 0],
      shape: this.shape(layer.name),
      input: (index = 0) => this.value(layer.inputs[index] ?? ''),
      output: () => this.computed(layer.name),
      weight: (parameter) => this.#parameters.get(`${weightOwner(layer)}/${parameter}`),
      dropout: () => (this.#spec.dropout.includes(layer.name) ? this.mapInput(PORTS.dropout(layer.name), layer.name) : undefined),
    };
  }

  #once(key: string, make: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#values.set(key, made);
    return made;
  }
}
