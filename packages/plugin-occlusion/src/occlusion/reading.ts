import { type LayerName, type Model, type PatchOutput, type Shape, strongestUnit } from '@featurescope/core';
import type { ScoreName } from './score.js';

/** A map whose activity is followed. */
export interface FollowedMap {
  readonly layer: LayerName;
  readonly unit: number;
}

/** What is followed on one picture. */
export interface Question {
  readonly score: ScoreName;
  readonly layer: LayerName;
  readonly unit: number;
  /** Left out for the activity of a whole map. */
  readonly at?: readonly [y: number, x: number];
  /** The map of the activity map. */
  readonly map?: FollowedMap;
}

/** What is read of one pass. */
export interface Reading {
  readonly score: number;
  /** Activity of the followed map; 0 where none is followed. */
  readonly activity: number;
  /** The most probable class. */
  readonly class: number;
}

/** The activations that readings need, in the order in which `reading` takes them: class scores, what is followed, the map. */
export const wantedOutputs = (model: Model, { score, layer, unit, map }: Question): readonly PatchOutput[] => [
  { layer: model.logits },
  ...(ofClass(score) ? [] : [{ layer, channels: [unit] }]),
  ...(map ? [{ layer: map.layer, channels: [map.unit] }] : []),
];

const ofClass = (score: ScoreName): boolean => score === 'logit' || score === 'probability';

/** Reads the outputs of one picture, each [H, W, channels]. */
export function reading({ score, unit, at = [0, 0], map }: Question, outputs: readonly Float32Array[], shapes: readonly Shape[]): Reading {
  const [scores = new Float32Array(), ...maps] = outputs;
  const [[height, width, classes] = [1, 1, scores.length], ...mapShapes] = shapes;
  const activity = map ? sum(maps.at(-1) ?? []) : 0;
  const strongest = strongestUnit(scores, [height, width, classes]).unit;
  return { score: scoreOf(), activity, class: strongest };

  function scoreOf(): number {
    const first = (at[0] * width + at[1]) * classes;
    switch (score) {
      case 'logit':
        return scores[first + unit] ?? 0;
      case 'probability':
        return softmax(scores.subarray(first, first + classes))[unit] ?? 0;
      case 'unit':
        return maps[0]?.[at[0] * (mapShapes[0]?.[1] ?? 1) + at[1]] ?? 0;
      case 'activity':
        return sum(maps[0] ?? []);
    }
  }
}

const sum = (values: Float32Array | readonly number[]): number => {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] ?? 0;
  return total;
};

function softmax(values: Float32Array): Float64Array {
  const most = values.reduce((max, value) => Math.max(max, value), Number.NEGATIVE_INFINITY);
  const powers = Float64Array.from(values, (value) => Math.exp(value - most));
  const total = powers.reduce((all, power) => all + power, 0);
  return powers.map((power) => power / total);
}
