import { type Artifact, defineVisualizer, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { nextFrame } from '@tensorflow/tfjs-core';
import { filterArtifacts, fitArtifacts } from './artifacts.js';
import { noFit } from './gabor/fit-gabor.js';
import { type FittedFilter, fitFilter, noiseFilter, noiseLevel, planeOf } from './gabor/fits.js';
import { type NetworkFilters, type NetworkFits, networksOf, titleOf } from './networks.js';
import { type FilterOptions, filterOptions } from './options.js';

const NAME = 'filters';

/** The filters of the first convolution, or another, as pictures, and how near each is to a Gabor function; of networks side by side. */
export const filters = defineVisualizer({
  name: NAME,
  summary: 'first-layer filters of one or more networks, with Gabor functions fitted to them',
  citation: {
    authors: 'J. P. Jones, L. A. Palmer',
    title: 'An evaluation of the two-dimensional Gabor filter model of simple receptive fields in cat striate cortex',
    year: 1987,
    url: 'https://doi.org/10.1152/jn.1987.58.6.1233',
  },
  options: filterOptions,
  needsInputs: false,
  async *run(context: RunContext, options: FilterOptions): AsyncGenerator<VisualizerEvent> {
    const networks = await networksOf(context, options);
    context.signal.throwIfAborted();
    const fitted = networks.filter((network) => network.fitted);
    const total = 1 + fitted.reduce((sum, network) => sum + network.filters.length + options.noise, 0);
    yield* handedOver(filterArtifacts(networks, options), context.signal);
    yield { type: 'progress', done: 1, total };
    if (options.gabor) for (const network of networks) if (!network.fitted) yield tooSmall(network);
    const fits: NetworkFits[] = [];
    let done = 1;
    for (const network of fitted) {
      fits.push(yield* fittedNetwork(context, network, options.noise, { done, total }));
      done += network.filters.length + options.noise;
    }
    for (const network of fits) yield* fittedByChance(network, options.wellFitted);
    if (fits.length > 0) yield* handedOver(fitArtifacts(fits, options), context.signal);
  },
});

function* handedOver(artifacts: Iterable<Artifact>, signal: AbortSignal): Generator<VisualizerEvent> {
  for (const artifact of artifacts) {
    yield { type: 'artifact', artifact };
    signal.throwIfAborted();
  }
}

interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Fits the living filters of a network, then as many of noise as asked for. */
async function* fittedNetwork(
  { signal, random }: RunContext,
  network: NetworkFilters,
  noise: number,
  { done, total }: Progress,
): AsyncGenerator<VisualizerEvent, NetworkFits> {
  const { kernels, projection } = network;
  const chance = random.fork(network.named('noise'));
  const noisy = Array.from({ length: noise }, (_, i) => noiseFilter(kernels, i, chance));
  const fits: FittedFilter[] = [];
  for (const [i, filter] of [...network.filters, ...noisy].entries()) {
    const dead = network.standings[i]?.dead ?? false;
    fits.push(
      dead
        ? { index: filter.index, plane: planeOf(filter.values, projection), fit: noFit(kernels.size) }
        : fitFilter(filter, kernels.size, projection),
    );
    yield { type: 'progress', done: done + i + 1, total, label: titleOf(network) };
    await nextFrame();
    signal.throwIfAborted();
  }
  return { ...network, fits: fits.slice(0, network.filters.length), noise: fits.slice(network.filters.length) };
}

const tooSmall = (network: NetworkFilters): VisualizerEvent => ({
  type: 'warning',
  message: `${NAME}: no Gabor is fitted to ${titleOf(network)}, whose kernels of ${network.kernels.size.join('×')} have no more values than a Gabor has parameters (9), so that any kernel would be fitted.`,
});

function* fittedByChance(network: NetworkFits, wellFitted: number): Generator<VisualizerEvent> {
  const level = noiseLevel(network.noise);
  if (network.noise.length === 0 || level < wellFitted) return;
  const message = `${NAME}: r² says little about ${titleOf(network)}: one in twenty kernels of white noise of this size exceeds ${level.toFixed(2)}, more than is asked of a good fit (${wellFitted}).`;
  yield { type: 'warning', message };
}
