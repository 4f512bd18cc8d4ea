import type { Box, Extent, Model, Objective } from '@featurescope/core';
import type { Canvas } from '../loop/canvas.js';
import type { Phase, Stage } from '../loop/course.js';
import { type Evaluation, evaluate, evaluateMoved, jitteredPlace } from '../loop/evaluation.js';
import { placedTiles, type TilePlan, weightedTiles } from '../loop/tile-plan.js';
import { evaluateTiles } from '../loop/tiled-evaluation.js';
import type { HeldObjective, ObjectiveSource } from './objective.js';
import type { Turn } from './plan.js';

export interface StageParts {
  readonly model: Model;
  readonly turns: readonly Turn[];
  readonly source: ObjectiveSource;
  readonly size: Extent;
  readonly jitter: number;
  /** Left out: the picture is seen as a whole. */
  readonly tiles?: TilePlan;
  readonly signal: AbortSignal;
}

/** One octave: its phases are the turns, seen as a whole, in tiles whose gradients are blended, or in tiles visited one after another. */
export function dreamStage(parts: StageParts, stage: Pick<Stage, 'label' | 'iterations' | 'begin'>): Stage {
  const { model, turns, size, jitter, tiles, signal } = parts;
  const objectives = heldObjectives(parts);

  /** What `box` shows of the picture; the gradient is written to `room`, which may be `seen`. */
  const see = async (turn: Turn, seen: Canvas, box: Box, room: Canvas): Promise<Evaluation> =>
    evaluate(seen, { model, objective: await objectives.at(turn, box), everySeries: turns.length > 1, room, signal });

  const phaseOf = (turn: Turn): Phase => {
    const { step } = turn;
    if (!tiles)
      return {
        step,
        evaluate: (canvas, { random, space }) => {
          const place = jitteredPlace(canvas.shape, jitter, random);
          return evaluateMoved(canvas, place, space, (seen, room) => see(turn, seen, place, room));
        },
      };
    if (tiles.blend === 'ramp')
      return {
        step,
        evaluate: (canvas, { random, space }) =>
          evaluateTiles(canvas, weightedTiles(tiles, size, jitter, random), space, (tile, box) => see(turn, tile, box, tile)),
      };
    return {
      step,
      boxes: (random) => placedTiles(tiles, size, jitter, random),
      evaluate: (tile, { space, box = { top: 0, left: 0, height: size[0], width: size[1] } }) =>
        see(turn, tile, box, space.scratch('tile-gradient', tile.shape)),
    };
  };

  return { ...stage, phases: turns.map(phaseOf), close: objectives.close };
}

/** The latest objective of each turn is kept: for the whole stage where it is the same everywhere, else until the place changes. */
function heldObjectives({ source, size }: Pick<StageParts, 'source' | 'size'>) {
  const kept = new Map<Turn, { readonly held: HeldObjective; readonly box: Box }>();
  return {
    async at(turn: Turn, box: Box): Promise<Objective> {
      const found = kept.get(turn);
      if (found && (!source.isPlaced || isSame(found.box, box))) return found.held.objective;
      kept.delete(turn);
      found?.held.dispose();
      const held = await source.objective(turn, size, box);
      kept.set(turn, { held, box });
      return held.objective;
    },
    close(): void {
      for (const { held } of kept.values()) held.dispose();
      kept.clear();
    },
  };
}

const isSame = (a: Box, b: Box): boolean => a.top === b.top && a.left === b.left && a.height === b.height && a.width === b.width;
