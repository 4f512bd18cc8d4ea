import { type ArtifactSubject, linePlot, type Model, type VisualizerEvent } from '@featurescope/core';
import type { Optimised } from '../loop/optimise.js';
import { pictureOf } from '../loop/picture.js';
import { animationArtifact, tensorArtifact, thinned } from '../loop/results.js';
import type { Settings } from './course.js';
import { LOSS, RELATIVE_ERROR } from './descent.js';
import { relativeError, type Target } from './loss.js';
import { activationOf } from './target.js';

type About = Omit<ArtifactSubject, 'name'>;

/** A descent that has come to its end. */
interface Reconstructed {
  readonly model: Model;
  readonly result: Optimised;
  readonly target: Target;
  readonly settings: Settings;
  readonly animation: 'webp' | 'gif';
  readonly about: About;
}

/** Everything that one reconstruction results in. */
export async function* reconstruction(made: Reconstructed): AsyncGenerator<VisualizerEvent> {
  const { model, result, animation, about } = made;
  const image = pictureOf(result.canvas, model.input);
  const description = await described(made);
  yield { type: 'artifact', artifact: { ...about, kind: 'image', name: 'image', image, description } };
  yield tensorArtifact('reconstruction', result, about);
  yield lossPlot(result, about);
  yield* animationArtifact(result.frames, animation, about);
}

/** The layer, and how far Φ of the result is from Φ0: the series end one step before it. */
async function described({ model, result, target, settings }: Reconstructed): Promise<string> {
  const { canvas, series, iterations } = result;
  const activation = await activationOf(model, canvas, target.layer);
  try {
    const error = await relativeError(target, activation);
    const first = series.get(RELATIVE_ERROR)?.[0];
    const part = target.neighbourhood === undefined ? '' : ` (central ${target.neighbourhood}×${target.neighbourhood} positions)`;
    const began = first === undefined ? '' : `, ${shown(first)} at the start`;
    const chosen = `λ_TV ${shown(settings.tvWeight)}, step ${shown(settings.rate)}`;
    return `${target.layer}${part} inverted: relative error ${shown(error)} after ${iterations} iterations${began}; ${chosen}`;
  } finally {
    activation.dispose();
  }
}

const shown = (value: number): string => String(Number(value.toPrecision(3)));

/** Loss, relative error and penalties against iterations, on a logarithmic axis. */
function lossPlot({ series, notes }: Pick<Optimised, 'series' | 'notes'>, about: About): VisualizerEvent {
  const lines = [
    ['loss', series.get(LOSS)],
    ['relative error', series.get(RELATIVE_ERROR)],
    ['total variation', notes.get('total-variation')],
    ['α-norm', notes.get('alpha-norm')],
  ] as const;
  const plot = linePlot({
    title: 'Loss of the inversion',
    xLabel: 'iteration',
    yLabel: 'loss and its terms',
    logY: true,
    series: lines.flatMap(([name, values]) => (values ? [{ name, points: thinned(values) }] : [])),
  });
  return { type: 'artifact', artifact: { ...about, kind: 'plot', name: LOSS, plot } };
}

/** Gives the artifacts of the second and later reconstructions of an input names of their own: `image-2`. */
export function numbered(event: VisualizerEvent, repeat: number): VisualizerEvent {
  if (event.type !== 'artifact' || repeat === 0) return event;
  return { ...event, artifact: { ...event.artifact, name: `${event.artifact.name}-${repeat + 1}` } };
}
