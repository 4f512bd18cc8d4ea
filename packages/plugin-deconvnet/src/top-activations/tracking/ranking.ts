import type { Extent, LayerName } from '@featurescope/core';

/** A strong activation of a unit: the strongest one on one stimulus. */
export interface Strong {
  /** Place of the stimulus among all. */
  readonly item: number;
  readonly name: string;
  readonly value: number;
  /** Of equal positions the first in row-major order. */
  readonly at: readonly [y: number, x: number];
  /** Height and width of the stimulus as the network sees it. */
  readonly size: Extent;
}

/** Units of a layer whose strongest activations are kept. */
export interface RankedLayer {
  readonly layer: LayerName;
  readonly units: readonly number[];
}

/**
 * The strongest activations of units, one for each stimulus, the strongest first and of equal ones that of the earlier stimulus. Holds
 * `top` of them for each unit, however many are offered.
 */
export class Ranking {
  readonly top: number;
  readonly layers: readonly RankedLayer[];
  readonly #lists: ReadonlyMap<LayerName, readonly Strong[][]>;
  readonly #bars: ReadonlyMap<LayerName, Float32Array>;

  constructor(layers: readonly RankedLayer[], top: number) {
    this.top = top;
    this.layers = layers;
    this.#lists = new Map(layers.map(({ layer, units }) => [layer, units.map(() => [])]));
    this.#bars = new Map(layers.map(({ layer, units }) => [layer, new Float32Array(units.length).fill(Number.NEGATIVE_INFINITY)]));
  }

  /** For each unit of a layer, what a value of a later stimulus must exceed to be kept. */
  bars(layer: LayerName): Float32Array {
    return this.#bars.get(layer) ?? new Float32Array();
  }

  /** Puts an activation of the unit at a place of the layer's `units` where it belongs. @returns whether it is kept */
  offer(layer: LayerName, place: number, strong: Strong): boolean {
    const list = this.#lists.get(layer)?.[place];
    if (!list || !Number.isFinite(strong.value)) return false;
    let rank = list.length;
    while (rank > 0 && isBefore(strong, list[rank - 1])) rank--;
    if (rank >= this.top) return false;
    list.splice(rank, 0, strong);
    if (list.length > this.top) list.pop();
    const last = list.length === this.top ? list.at(-1) : undefined;
    if (last) this.bars(layer)[place] = last.value;
    return true;
  }

  /** For each of the layer's `units`, its strongest activations: fewer than `top` when there were fewer stimuli. */
  strongest(layer: LayerName): readonly (readonly Strong[])[] {
    return this.#lists.get(layer) ?? [];
  }
}

const isBefore = (a: Strong, b: Strong | undefined): boolean =>
  b === undefined || a.value > b.value || (a.value === b.value && a.item < b.item);

/** The ranking of all that the parts have ranked: the same as if one had seen everything. All are of the same layers and units. */
export function merged(parts: readonly Ranking[]): Ranking {
  const { layers = [], top = 1 } = parts[0] ?? {};
  const whole = new Ranking(layers, top);
  for (const part of parts)
    for (const { layer } of layers)
      part.strongest(layer).forEach((list, place) => {
        for (const strong of list) whole.offer(layer, place, strong);
      });
  return whole;
}
