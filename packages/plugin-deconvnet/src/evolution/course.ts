import type { LayerName } from '@featurescope/core';
import type { Cell } from '../top-activations/pictures.js';
import type { RankedLayer } from '../top-activations/tracking/ranking.js';
import { withListed } from './sources.js';
import type { Snapshot, State } from './state.js';

/** For each drawn unit of each layer, what is shown of its strongest activation at one checkpoint; undefined where there is none. */
export type Cells = ReadonlyMap<LayerName, readonly (Cell | undefined)[]>;

/** A checkpoint that has been looked at. */
export interface Seen extends Snapshot {
  readonly cells: Cells;
}

/** What has been seen of a training, checkpoint by checkpoint. */
export class Course {
  /** Number of stimuli. */
  readonly size: number;
  /** Undefined until the first checkpoint is there. */
  followed: readonly RankedLayer[] | undefined;
  /** The units that are projected; undefined until the first checkpoint has been looked at. */
  drawn: readonly RankedLayer[] | undefined;
  #order: readonly string[] = [];
  #listed: readonly string[] = [];
  readonly #snapshots = new Map<string, Snapshot>();
  readonly #cells = new Map<string, Cells>();

  constructor(size: number, earlier?: State) {
    this.size = size;
    this.followed = earlier?.followed;
    this.drawn = earlier?.drawn;
    this.#order = earlier?.snapshots.map(({ source }) => source) ?? [];
    for (const snapshot of earlier?.snapshots ?? []) this.#snapshots.set(snapshot.source, snapshot);
  }

  /** Takes in which checkpoints there are now. */
  list(sources: readonly string[]): void {
    this.#listed = sources;
    this.#order = withListed(this.#order, sources, (source) => this.#snapshots.get(source)?.done === this.size);
  }

  /** All checkpoints that are known of, in order. */
  get sources(): readonly string[] {
    return this.#order;
  }

  /** Those that are still to be looked at. */
  get pending(): readonly string[] {
    return this.#order.filter((source) => !this.#cells.has(source));
  }

  /** Those that have been looked at, in order. */
  get seen(): readonly Seen[] {
    return this.#order.flatMap((source) => {
      const [snapshot, cells] = [this.#snapshots.get(source), this.#cells.get(source)];
      return snapshot && cells ? [{ ...snapshot, cells }] : [];
    });
  }

  /** What an earlier run has found out about a checkpoint that is there no longer. */
  gone(source: string): Snapshot | undefined {
    return this.#listed.includes(source) ? undefined : this.#snapshots.get(source);
  }

  snapshot(source: string): Snapshot | undefined {
    return this.#snapshots.get(source);
  }

  /** Notes how far the data have been looked through at a checkpoint. */
  note(snapshot: Snapshot): void {
    this.#snapshots.set(snapshot.source, snapshot);
  }

  /** A checkpoint has been looked at. */
  finish(source: string, cells: Cells): void {
    this.#cells.set(source, cells);
  }

  get state(): State {
    const snapshots = this.#order.flatMap((source) => this.#snapshots.get(source) ?? []);
    return { size: this.size, followed: this.followed ?? [], drawn: this.drawn, snapshots };
  }
}
