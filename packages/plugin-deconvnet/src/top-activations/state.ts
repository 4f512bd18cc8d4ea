import type { LayerName } from '@featurescope/core';
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
  const differing = (fact: string, was: string, is: string, shown: (text: string) => string = String): readonly string[] =>
    was === is ? [] : [`${fact}: ${shown(was)} there, ${shown(is)} here`];
  const layersOf = ({ ranking }: State): string => ranking.layers.map(({ layer }) => layer).join('\n');
  return [
    ...differing('model', found.model, wanted.model, (sha256) => sha256.slice(0, 12)),
    ...differing('pictures', String(found.size), String(wanted.size)),
    ...differing('top', String(found.ranking.top), String(wanted.ranking.top)),
    ...differing('layers', layersOf(found), layersOf(wanted), (names) => names.replaceAll('\n', ', ')),
    ...wanted.ranking.layers.flatMap(({ layer, units }) => {
      const others = found.ranking.layers.find((ranked) => ranked.layer === layer)?.units;
      return others ? differentUnits(layer, others, units) : [];
    }),
  ];
}

/** The units of a layer that two states have; order counts, since rankings hold their lists in it. */
function differentUnits(layer: LayerName, was: readonly number[], is: readonly number[]): readonly string[] {
  const places = Array.from({ length: Math.max(was.length, is.length) }, (_, place) => place);
  const first = places.find((place) => was[place] !== is[place]);
  return first === undefined ? [] : [`units of ${layer}: ${listed(was, first)} there, ${listed(is, first)} here`];
}

/** Units that are shown of a list. */
const SHOWN = 8;

/** All units of a short list; of a long one those from the place where two lists begin to differ. */
function listed(units: readonly number[], first: number): string {
  if (units.length <= SHOWN) return units.join(' ');
  const from = first < SHOWN ? 0 : first;
  const part = units.slice(from, from + SHOWN).join(' ');
  if (part === '') return `${units.length}`;
  return `${units.length} (${from > 0 ? '… ' : ''}${part}${from + SHOWN < units.length ? ' …' : ''})`;
}
