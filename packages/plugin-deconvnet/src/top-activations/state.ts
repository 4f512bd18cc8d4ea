import { z } from 'zod';
import type { Shard } from './shard.js';
import type { Ranking } from './tracking/ranking.js';
import { rankingFromJson, rankingJson, rankingToJson } from './tracking/ranking-json.js';

const whole = z.number().int().min(0);

const stateJson = z.strictObject({
  schemaVersion: z.literal(1),
  model: z.string(),
  size: whole,
  shard: z.strictObject({ index: z.number().int().min(1), of: z.number().int().min(1) }),
  done: whole,
  projected: whole,
  ranking: rankingJson,
});

/** How far a run has come. */
export interface State {
  /** SHA-256 of the weights. */
  readonly model: string;
  /** Number of stimuli, over all shards. */
  readonly size: number;
  readonly shard: Shard;
  /** Items of the shard that the ranking has seen. */
  readonly done: number;
  /** Layers whose projections are finished. */
  readonly projected: number;
  readonly ranking: Ranking;
}

/** What is written for `--merge`, and saved for `--resume`. */
export const stateToJson = ({ ranking, ...state }: State): z.output<typeof stateJson> => ({
  schemaVersion: 1,
  ...state,
  ranking: rankingToJson(ranking),
});

/** @throws when it is no JSON, or not that of a state */
export function decodeState(bytes: Uint8Array): State {
  const { schemaVersion: _, ranking, ...state } = stateJson.parse(JSON.parse(new TextDecoder().decode(bytes)));
  return { ...state, ranking: rankingFromJson(ranking) };
}

export const encodeState = (state: State): Uint8Array => new TextEncoder().encode(JSON.stringify(stateToJson(state)));

/** In what two states differ that must agree if one is to go on from the other. */
export function differences(found: State, wanted: State): readonly string[] {
  const facts = ({ model, size, ranking }: State): Readonly<Record<string, string>> => ({
    model: model.slice(0, 12),
    pictures: String(size),
    top: String(ranking.top),
    layers: ranking.layers.map(({ layer }) => layer).join(', '),
    units: ranking.layers.map(({ units }) => listed(units)).join('; '),
  });
  const [was, is] = [facts(found), facts(wanted)];
  return Object.keys(is).flatMap((fact) => (was[fact] === is[fact] ? [] : [`${fact}: ${was[fact]} there, ${is[fact]} here`]));
}

const listed = (units: readonly number[]): string =>
  units.length > 8 ? `${units.length} (${units.slice(0, 8).join(' ')} …)` : units.join(' ');
