import { z } from 'zod';
import type { RankedLayer, Ranking } from '../top-activations/tracking/ranking.js';
import { rankingFromJson, rankingJson, rankingToJson } from '../top-activations/tracking/ranking-json.js';

const whole = z.number().int().min(0);
const layersJson = z.array(z.strictObject({ layer: z.string(), units: z.array(whole) }));

const stateJson = z.strictObject({
  schemaVersion: z.literal(1),
  size: whole,
  followed: layersJson,
  drawn: layersJson.optional(),
  snapshots: z.array(z.strictObject({ source: z.string(), name: z.string(), sha256: z.string(), done: whole, ranking: rankingJson })),
});

/** The strongest stimulus of every unit at one checkpoint. */
export interface Snapshot {
  readonly source: string;
  readonly name: string;
  /** Of the weights. */
  readonly sha256: string;
  /** Stimuli that the ranking has seen. */
  readonly done: number;
  readonly ranking: Ranking;
}

/** How far a run has come. */
export interface State {
  /** Number of stimuli. */
  readonly size: number;
  readonly followed: readonly RankedLayer[];
  /** The units that are projected; left out until the first checkpoint has been looked at. */
  readonly drawn?: readonly RankedLayer[] | undefined;
  /** In the order of the checkpoints. */
  readonly snapshots: readonly Snapshot[];
}

export function encodeState({ size, followed, drawn, snapshots }: State): Uint8Array {
  const value: z.input<typeof stateJson> = {
    schemaVersion: 1,
    size,
    followed: followed.map(asJson),
    ...(drawn && { drawn: drawn.map(asJson) }),
    snapshots: snapshots.map((snapshot) => ({ ...snapshot, ranking: rankingToJson(snapshot.ranking) })),
  };
  return new TextEncoder().encode(JSON.stringify(value));
}

/** @throws when it is no JSON, or not that of a state */
export function decodeState(bytes: Uint8Array): State {
  const { size, followed, drawn, snapshots } = stateJson.parse(JSON.parse(new TextDecoder().decode(bytes)));
  return { size, followed, drawn, snapshots: snapshots.map((one) => ({ ...one, ranking: rankingFromJson(one.ranking) })) };
}

const asJson = ({ layer, units }: RankedLayer) => ({ layer, units: [...units] });
