import { type Rows, type RunContext, rowCount } from '@featurescope/core';
import { nextFrame } from '@tensorflow/tfjs-core';
import { principalComponents } from '../algebra/principal-components.js';
import { centredFeatures, fitJointBayesian } from '../fusion/joint-bayesian/fit.js';
import { nearestNeighbours } from '../fusion/joint-bayesian/neighbours.js';
import { jointBayesianOptions } from '../fusion/joint-bayesian/options.js';
import { balancedFeatures } from './features.js';
import { rowLabels, type Seen } from './fold.js';

/** Choices of joint Bayesian, with the defaults that the options' descriptions name. */
export interface JointBayesianChoices {
  readonly k: number;
  readonly em: 'exact' | 'chen2012';
  readonly components: number;
}

export const chosenJointBayesian = ({
  k = 5,
  em = 'exact',
  components = 128,
}: {
  readonly [name in keyof JointBayesianChoices]?: JointBayesianChoices[name] | undefined;
}): JointBayesianChoices => ({ k, em, components });

/** Drawings whose neighbours are looked for before the signal is looked at. */
const CHUNK = 16;

/**
 * Joint Bayesian on the principal components of all networks' features, then the classes of the k most similar gallery rows for each view, and a majority
 * of the views (Yu et al., BMVC 2015). Fewer components and neighbours where the gallery has no more.
 * @throws FeaturescopeError when features do not vary within classes
 */
export async function neighbourDecisions(
  gallery: Seen,
  { features, views, examples }: Seen,
  classes: number,
  choices: JointBayesianChoices,
  signal: RunContext['signal'],
): Promise<{ readonly decided: Int32Array; readonly note: string }> {
  const reduced = reduction(gallery, choices.components);
  const known = reduced(gallery.features);
  const labels = rowLabels(gallery);
  const k = Math.min(choices.k, rowCount(known));
  const model = fitJointBayesian(known, labels, classes, jointBayesianOptions.parse({ emMode: choices.em }));
  const vote = nearestNeighbours(model, known, labels, classes, { k, votes: 'views' });
  const given = reduced(features);
  const decided = new Int32Array(examples.length);
  for (let i = 0; i < decided.length; i++) {
    if (i % CHUNK === 0) {
      await nextFrame();
      signal.throwIfAborted();
    }
    decided[i] = vote(viewsOfDrawing(given, i, views)).label;
  }
  const steps = `${model.steps.length} steps${model.converged ? '' : ' (not converged)'}`;
  return { decided, note: `k ${k}, ${known.columns} components, ${choices.em} EM of ${steps}` };
}

/** All networks' features in their principal components, of which there are fewer than wanted where the gallery varies in fewer directions. */
function reduction(gallery: Seen, wanted: number): (members: readonly Rows[]) => Rows {
  const together = balancedFeatures(gallery.features);
  const components = principalComponents(together(gallery.features), wanted);
  return (members) => centredFeatures({ mean: components.mean, components }, together(members));
}

const viewsOfDrawing = ({ columns, data }: Rows, drawing: number, views: number): Rows => ({
  columns,
  data: data.subarray(drawing * views * columns, (drawing + 1) * views * columns),
});
