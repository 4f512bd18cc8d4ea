import type { Box, Extent, Image, InputRange, Random } from '@featurescope/core';
import type { Regulariser } from '../regularisers/regulariser.js';
import type { Canvas } from './canvas.js';
import type { Evaluation } from './evaluation.js';
import type { StepRule } from './step-rules.js';
import type { Workspace } from './workspace.js';

/** Where and when a phase is evaluated. */
export interface Moment {
  /** Iterations behind the picture. */
  readonly iteration: number;
  readonly random: Random;
  /** For canvases that are not needed beyond the iteration. */
  readonly space: Workspace;
  /** Where tiles are visited: the part of the picture that the canvas is. */
  readonly box?: Box;
}

/** One step within an iteration: a gradient, and what is done with it. */
export interface Phase {
  /** Step size per channel, in input units. */
  readonly step: readonly number[];
  /** Tiles that are visited one after another, each with a step of its own; left out: one step for the whole canvas. */
  boxes?(random: Random): readonly Box[];
  /** Value and gradient on the canvas. The gradient may lie in the workspace, until the next evaluation. */
  evaluate(canvas: Canvas, moment: Moment): Promise<Evaluation>;
}

/** A part of a course with one size of the canvas and one list of phases: an octave, or a part of a schedule. */
export interface Stage {
  /** For the progress: `octave 2/4 (320×240)`. */
  readonly label: string;
  readonly iterations: number;
  /** The canvas to start from; `before` is the end of the stage before. */
  begin(before: Canvas | undefined): Promise<Canvas>;
  readonly phases: readonly Phase[];
  /** Frees what `begin` or `phases` hold. Called once, whatever happens. */
  close?(): void;
}

/** One picture (or batch of pictures) from its start to its end. */
export interface Course {
  /** Name of the input it starts from; left out for noise. */
  readonly input?: string;
  /** For the progress. */
  readonly label: string;
  readonly stages: readonly Stage[];
  readonly rule: StepRule;
  readonly regularisers: readonly Regulariser[];
  /** Range whose ends a diverging picture runs into; left out: only values that are not finite stop the course. */
  readonly guard?: InputRange;
  /** The picture of a canvas, for frames. */
  picture(canvas: Canvas): Promise<Image>;
  /** A frame every n-th iteration; 0 for none. */
  readonly frameEvery: number;
  /** Size of the result: that of all frames of the animation, unless it is large. */
  readonly frameSize: Extent;
  /** Pictures that the animation already has, and iterations behind the picture, where the course goes on with the work of another. */
  readonly frames?: readonly Image[];
  readonly iterationsBefore?: number;
  /** Steps behind it in the series of metrics; left out: none but the iterations before. */
  readonly stepsBefore?: number;
  /** Recorded with the progress: what `begin` needs beyond the end of the stage before. */
  readonly kept?: ReadonlyMap<string, Canvas>;
}
