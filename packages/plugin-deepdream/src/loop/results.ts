import { type ArtifactSubject, type Image, linePlot, type VisualizerEvent } from '@featurescope/core';
import type { Divergence } from './guard.js';
import type { Optimised } from './optimise.js';

/** Milliseconds between pictures of an animation. */
const FRAME_DELAY = 120;

type About = Omit<ArtifactSubject, 'name'>;

/** One picture of a canvas as a tensor artifact [H, W, C]. */
export const tensorArtifact = (name: string, { canvas }: Pick<Optimised, 'canvas'>, about: About): VisualizerEvent => ({
  type: 'artifact',
  artifact: { ...about, kind: 'tensor', name, shape: canvas.shape[0] === 1 ? canvas.shape.slice(1) : canvas.shape, data: canvas.data },
});

export interface PlotTexts {
  readonly name: string;
  readonly title: string;
  readonly yLabel: string;
}

/** Series against iterations. */
export const seriesPlot = (texts: PlotTexts, series: ReadonlyMap<string, readonly number[]>, about: About): VisualizerEvent => ({
  type: 'artifact',
  artifact: {
    ...about,
    kind: 'plot',
    name: texts.name,
    plot: linePlot({
      title: texts.title,
      xLabel: 'iteration',
      yLabel: texts.yLabel,
      series: [...series].map(([name, values]) => ({ name, points: thinned(values) })),
    }),
  },
});

/** Most points of a line: more cannot be told apart. */
const MAX_POINTS = 1000;

/** At most 1000 points of a series, evenly spaced, the last one among them. */
export function thinned(values: readonly number[]): (readonly [number, number])[] {
  const every = Math.ceil(values.length / MAX_POINTS);
  return values.flatMap((value, i) => (i % every === 0 || i === values.length - 1 ? [[i, value] as const] : []));
}

/** The frames of a run as an animation, if there are several. */
export function* animationArtifact(frames: readonly Image[], format: 'webp' | 'gif', about: About): Generator<VisualizerEvent> {
  if (frames.length > 1)
    yield { type: 'artifact', artifact: { ...about, kind: 'animation', name: 'animation', frames, delay: FRAME_DELAY, format } };
}

/** What helps against a divergence and is still open. */
export interface Remedies {
  /** In words; left out: a smaller --step. */
  readonly steps?: string;
  /** Whether there is no clamp yet, but may be one. */
  readonly canClamp: boolean;
}

/** A warning about a picture that diverged. */
export const divergenceWarning = (
  visualizer: string,
  divergence: Divergence,
  iterations: number,
  { steps = 'a smaller --step', canClamp }: Remedies,
): VisualizerEvent => {
  const more = { saturated: ', a regulariser such as --decay or --l2, or --no-guard', 'non-finite': canClamp ? ' or --clamp' : '' };
  const advice = `Use ${steps}${more[divergence]}`;
  return {
    type: 'warning',
    message: `${visualizer}: ${WHAT[divergence]}; stopped after ${iterations} iterations with the last good picture. ${advice}`,
  };
};

const WHAT: Readonly<Record<Divergence, string>> = {
  'non-finite': 'the picture holds values that are not numbers, since the steps are too large',
  saturated: 'more than 80 % of the picture has reached the ends of the range it is clamped to',
};
