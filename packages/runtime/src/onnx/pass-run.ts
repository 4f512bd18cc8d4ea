import { ancestors, type ForwardOptions, type LayerName, type Network, type Shape } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { unknownLayer, wrongInputChannels } from './errors.js';
import { type BackwardSpec, type PassSpec, PORTS } from './graph/pass-spec.js';
import { reachingLayers } from './graph/signals.js';
import { layerTable, PendingHooks } from './hooks.js';
import type { Numbers } from './session.js';
import { numbersOf } from './tensors.js';

export type PassResults = ReadonlyMap<string, Numbers>;

/** Runs one compiled pass and hands its results over, which are only valid during the call. */
export type PassRunner = <T>(spec: PassSpec, feeds: ReadonlyMap<string, Numbers>, read: (results: PassResults) => T) => Promise<T>;

/** What is asked of a network beside activations; the layers of signals and replacements are added by the run. */
export type BackwardGoal = Omit<BackwardSpec, 'signals' | 'replaced' | 'finish'>;

/** One call of a compiled network: its inputs, its hooks, and what they have replaced so far. */
export class PassRun {
  readonly batch: number;
  readonly input: Shape;
  readonly #network: Network;
  readonly #options: ForwardOptions;
  readonly #runner: PassRunner;
  readonly #feeds = new Map<string, Numbers>();
  readonly #replaced: LayerName[] = [];
  readonly #replacedSignals: LayerName[] = [];
  readonly #dropout: LayerName[];
  #forwardHooks: PendingHooks | undefined;

  private constructor(network: Network, runner: PassRunner, input: readonly number[], options: ForwardOptions) {
    const [batch = 0, height = 0, width = 0, channels = 0] = input;
    if (channels !== network.input.shape[2]) throw wrongInputChannels(channels, network.input.shape[2]);
    this.batch = batch;
    this.input = [height, width, channels];
    this.#network = network;
    this.#runner = runner;
    this.#options = options;
    this.#dropout = [...(options.dropout?.keys() ?? [])];
  }

  static async create(network: Network, runner: PassRunner, input: Tensor4D | Numbers, options: ForwardOptions): Promise<PassRun> {
    options.signal?.throwIfAborted();
    const run = new PassRun(network, runner, 'dims' in input ? input.dims : input.shape, options);
    run.feed(PORTS.input, await numbersOf(input));
    for (const [layer, factors] of options.dropout ?? []) run.feed(PORTS.dropout(layer), await numbersOf(factors));
    return run;
  }

  feed(port: string, numbers: Numbers): void {
    this.#feeds.set(port, numbers);
  }

  /**
   * Runs until no hook replaces anything any more. `read` gets the results of the last pass, valid only during the call.
   * `later`: layers that another pass of this run will need, whose hooks are called now.
   */
  async finish<T>(
    wanted: readonly LayerName[],
    goal: BackwardGoal | undefined,
    read: (results: PassResults) => T,
    later: readonly LayerName[] = [],
  ): Promise<T> {
    const seeded = goal?.seeds.map((seed) => seed.layer) ?? [];
    const target = goal && goal.target !== 'weights' ? [goal.target.layer] : [];
    const needed = [...wanted, ...later, ...seeded, ...target];
    this.#checkNames(needed);
    const forward = this.#pendingForward(needed);
    const backward = goal && this.#pendingBackward(goal, needed);
    for (;;) {
      this.#options.signal?.throwIfAborted();
      const up = forward?.next() ?? { layers: [], last: true };
      const down = backward?.next() ?? { layers: [], last: true };
      const spec = this.#spec(up.last ? [...wanted, ...up.layers] : up.layers, up.last ? goal : undefined, down);
      const done = up.last && down.last;
      if (done && up.layers.length + down.layers.length === 0) return this.#runner(spec, this.#feeds, read);
      const kept = await this.#runner(spec, this.#feeds, copied);
      if (await this.#callForward(forward, up.layers, kept)) continue;
      if (!up.last || (await this.#callBackward(backward, down.layers, kept)) || !down.last) continue;
      return read(kept);
    }
  }

  #checkNames(names: readonly LayerName[]): void {
    const { input, layers } = this.#network;
    const known = new Set([input.name, ...layers.map((layer) => layer.name)]);
    for (const name of names) if (!known.has(name)) throw unknownLayer(name, [...known]);
  }

  #spec(
    activations: readonly LayerName[],
    goal: BackwardGoal | undefined,
    down: { readonly layers: readonly LayerName[]; readonly last: boolean },
  ): PassSpec {
    return {
      batch: this.batch,
      input: this.input,
      activations: [...new Set(activations)],
      replaced: this.#replaced,
      dropout: this.#dropout,
      ...(goal && { backward: { ...goal, signals: down.layers, replaced: this.#replacedSignals, finish: down.last } }),
    };
  }

  #pendingForward(needed: readonly LayerName[]): PendingHooks | undefined {
    const { hooks = [] } = this.#options;
    if (this.#forwardHooks || !hooks.some((hook) => hook.forward)) return this.#forwardHooks;
    const met = ancestors(this.#network, needed);
    this.#forwardHooks = new PendingHooks(hooks, layerTable(this.#network, this.input, needed), (name) => met.has(name), 'forward');
    return this.#forwardHooks;
  }

  #pendingBackward({ target }: BackwardGoal, needed: readonly LayerName[]): PendingHooks | undefined {
    const { hooks = [] } = this.#options;
    if (!hooks.some((hook) => hook.backward)) return undefined;
    const reaching = reachingLayers(this.#network, target);
    return new PendingHooks(hooks, layerTable(this.#network, this.input, needed), (name) => reaching.has(name), 'backward');
  }

  async #callForward(hooks: PendingHooks | undefined, layers: readonly LayerName[], kept: PassResults): Promise<boolean> {
    const replacement = await hooks?.call(layers, byLayer(layers, kept, PORTS.activation));
    if (!replacement) return false;
    this.#replaced.push(replacement[0]);
    this.feed(PORTS.replacement(replacement[0]), replacement[1]);
    return true;
  }

  async #callBackward(hooks: PendingHooks | undefined, layers: readonly LayerName[], kept: PassResults): Promise<boolean> {
    const replacement = await hooks?.call(layers, byLayer(layers, kept, PORTS.signal));
    if (!replacement) return false;
    this.#replacedSignals.push(replacement[0]);
    this.feed(PORTS.replacedSignal(replacement[0]), replacement[1]);
    return true;
  }
}

/** The results, safe from the next run: hooks may take their time, and use the network themselves. */
const copied = (results: PassResults): PassResults =>
  new Map([...results].map(([port, { data, dims }]) => [port, { data: data.slice(), dims }]));

const byLayer = (layers: readonly LayerName[], kept: PassResults, port: (layer: LayerName) => string) =>
  new Map(
    layers.flatMap((layer) => {
      const numbers = kept.get(port(layer));
      return numbers ? [[layer, numbers] as const] : [];
    }),
  );
