import { z } from 'zod';
import { Ranking } from './ranking.js';

const whole = z.number().int().min(0);

/** item, name, value, y, x, height, width */
const strong = z.tuple([whole, z.string(), z.number(), whole, whole, whole, whole]);

/** A ranking as JSON; numbers come back exactly. */
export const rankingJson = z.strictObject({
  top: z.number().int().min(1),
  layers: z.array(z.strictObject({ layer: z.string(), units: z.array(whole), strongest: z.array(z.array(strong)) })),
});

export type RankingJson = z.output<typeof rankingJson>;

export const rankingToJson = (ranking: Ranking): RankingJson => ({
  top: ranking.top,
  layers: ranking.layers.map(({ layer, units }) => ({
    layer,
    units: [...units],
    strongest: ranking
      .strongest(layer)
      .map((list) => list.map(({ item, name, value, at, size }) => [item, name, value, at[0], at[1], size[0], size[1]])),
  })),
});

export function rankingFromJson({ top, layers }: RankingJson): Ranking {
  const ranking = new Ranking(
    layers.map(({ layer, units }) => ({ layer, units })),
    top,
  );
  for (const { layer, strongest } of layers)
    strongest.forEach((list, place) => {
      for (const [item, name, value, y, x, height, width] of list)
        ranking.offer(layer, place, { item, name, value, at: [y, x], size: [height, width] });
    });
  return ranking;
}
