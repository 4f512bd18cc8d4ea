import type { Preprocessing } from '../model/input-spec.js';
import type { Random } from '../random.js';

/** What a network is trained or measured on: pictures, drawings or anything else of one size, with their classes. */
export interface TrainingExamples {
  /** Index into `classes` of each example. */
  readonly labels: Int32Array;
  readonly classes: readonly string[];
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** What the trained network says about its input. */
  readonly preprocessing: Preprocessing;
  /** Writes an example as network input [H, W, C] into `target` from `at` on. */
  write(index: number, target: Float32Array, at: number): void;
  /** The same with random distortions, which depend only on `random`. */
  writeDistorted(index: number, random: Random, target: Float32Array, at: number): void;
}
