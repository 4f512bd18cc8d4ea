import type { FeaturescopeError, Layer, LayerName, Shape, Weight, WeightName } from '@featurescope/core';
import type { z } from 'zod';
import { checkedShape, type LayerDraft } from '../imported-layers.js';
import { LayerNames } from '../layer-names.js';
import { invalidModel, unsupportedKerasOption } from './errors.js';
import { type KerasLayer, layerName } from './schema.js';
import type { KerasSource } from './source.js';

/** Output of one of our layers, or the picture. */
export interface KerasValue {
  readonly layer: LayerName;
  readonly shape: Shape;
}

/** A layer by its name and the names of the models around it, the outermost first. */
export interface KerasPlace {
  readonly scope: readonly string[];
  readonly name: string;
}

/** A stored weight of a layer; undefined when there is none. */
export type KerasWeights = (place: KerasPlace, parameter: string) => Weight | undefined;

const MAX_LAYERS = 20_000;

/** Collects layers and weights while the layers of a file are applied one after the other. */
export class KerasNetwork {
  readonly layers: Layer[] = [];
  readonly weights = new Map<WeightName, Weight>();
  private readonly names = new LayerNames();
  private applied = 0;
  /** True when a layer works at one size of the picture only. */
  fixedSize = false;
  private readonly owners = new Map<string, LayerName>();

  constructor(
    readonly source: KerasSource,
    private readonly stored: KerasWeights,
  ) {}

  /** Takes a name for the picture or a layer; a number is added when it is taken. */
  claim(name: string): LayerName {
    return this.names.claim(name);
  }

  /** Counts applied layers: a small file of models within models can ask for any number. @throws FeaturescopeError when there are too many */
  spend(layers: number): void {
    this.applied += layers;
    if (this.applied > MAX_LAYERS) throw invalidModel(this.source, `it applies more than ${MAX_LAYERS} layers`);
  }

  /** Adds a layer. A second application of the same Keras layer uses the weights of the first. */
  add(
    call: KerasCall,
    draft: LayerDraft,
    inputs: readonly KerasValue[],
    weights?: () => Readonly<Record<string, Weight>>,
    name = call.name,
  ): KerasValue {
    const unique = this.claim(name);
    const key = [...call.scope, name].join('/');
    const owner = weights && this.owners.get(key);
    const layer = {
      ...draft,
      name: unique,
      inputs: inputs.map((input) => input.layer),
      ...(owner !== undefined && { weightsOf: owner }),
    } as Layer;
    const shape = checkedShape(
      layer,
      inputs.map((input) => input.shape),
      (problem) => call.fail(problem),
    );
    this.layers.push(layer);
    if (weights && owner === undefined) {
      this.owners.set(key, unique);
      for (const [parameter, weight] of Object.entries(weights())) this.weights.set(`${unique}/${parameter}`, weight);
    }
    return { layer: unique, shape };
  }

  /** A stored weight by layer and parameter, checked for its shape. */
  weight(call: KerasCall, parameter: string, shape: readonly number[]): Weight {
    const found = this.storedWeight(call, parameter);
    if (found.shape.join() !== shape.join())
      throw call.fail(`has a ${parameter} of shape [${found.shape.join(', ')}]; expected [${shape.join(', ')}]`);
    return found;
  }

  /** @throws FeaturescopeError when there is none */
  storedWeight(call: KerasCall, parameter: string): Weight {
    const found = this.stored(call, parameter);
    if (found === undefined) throw call.fail(`lacks its weight "${call.name}/${parameter}"`);
    return found;
  }
}

/** One application of a Keras layer. */
export class KerasCall implements KerasPlace {
  readonly name: string;
  readonly className: string;

  constructor(
    readonly layer: KerasLayer,
    readonly inputs: readonly KerasValue[],
    readonly network: KerasNetwork,
    readonly scope: readonly string[],
  ) {
    this.className = layer.class_name;
    this.name = layerName(layer, network.source);
  }

  /** The only input. */
  get input(): KerasValue {
    const [input] = this.inputs;
    if (input === undefined || this.inputs.length !== 1) throw this.fail(`has ${this.inputs.length} inputs; expected one`);
    return input;
  }

  fail(problem: string): FeaturescopeError {
    return unsupportedKerasOption(this.network.source, this.name, `(${this.className}) ${problem}`);
  }

  /** The layer's options. @throws FeaturescopeError naming the option that is missing or not supported */
  options<S extends z.ZodType>(schema: S): z.output<S> {
    const parsed = schema.safeParse(this.layer.config);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw this.fail(`has an unsupported ${issue?.path.join('.') || 'option'}: ${issue?.message}`);
  }
}
