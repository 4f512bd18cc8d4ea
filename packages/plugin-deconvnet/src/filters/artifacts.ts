import type { Artifact } from '@featurescope/core';
import { noiseLevel, wellFitted } from './gabor/fits.js';
import { bandwidth } from './gabor/gabor.js';
import { isBgr, type NetworkFilters, type NetworkFits, titleOf } from './networks.js';
import type { FilterOptions } from './options.js';
import { filtersPicture, fitsPicture } from './pictures.js';
import { cloudPlot } from './plot.js';

const GABOR = [
  ...['filter', 'orientation', 'frequency', 'phase', 'sigmaX', 'sigmaY', 'r2'],
  ...['adjustedR2', 'residual', 'amplitude', 'offset', 'centreX', 'centreY', 'bandwidth', 'share', 'unresolved'],
] as const;

const CENSUS = ['filter', 'norm', 'dead', 'duplicateOf', 'likeness'] as const;

/** The grid of filters, the kernels in numbers and a census of the dead and the double. */
export function* filterArtifacts(networks: readonly NetworkFilters[], options: FilterOptions): Generator<Artifact> {
  const contrast = options.scale === 'filter' ? 'each filter in a contrast of its own' : 'all filters of a network in one contrast';
  yield {
    ...commonLayer(networks),
    kind: 'image',
    name: 'filters',
    image: filtersPicture(networks, options),
    description: `${networks.map(described).join('; ')}; ${contrast}, grey is zero`,
  };
  for (const { named, kernels, model, filters, standings } of networks) {
    const { layer, size, channels, data } = kernels;
    const order = kernels.coloured && isBgr(model.input) ? '; channels blue, green, red' : '';
    const description = `weights of ${layer} of ${model.name}, [height, width, channels, filters]${order}`;
    yield { kind: 'tensor', name: named('kernels'), layer, shape: [...size, channels, kernels.filters], data, description };
    const rows = standings.map(({ norm, dead, duplicateOf, likeness }, i) => [
      filters[i]?.index ?? 0,
      norm,
      dead,
      duplicateOf ?? '',
      likeness,
    ]);
    yield { kind: 'table', name: named('census'), layer, columns: CENSUS, rows, description: `of ${model.name}: ${counted(standings)}` };
  }
}

/** The table of fits of each network, fits beside filters, and where they lie in orientation and frequency. */
export function* fitArtifacts(networks: readonly NetworkFits[], { side, wellFitted: least }: FilterOptions): Generator<Artifact> {
  for (const { named, kernels, model, fits, noise } of networks) {
    const rows = fits.map(({ index, plane, fit }) => {
      const { orientation, frequency, phase, sigmaX, sigmaY, amplitude, offset, centre } = fit.gabor;
      return [
        ...[index, orientation, frequency, phase, sigmaX, sigmaY, fit.r2],
        ...[fit.adjustedR2, fit.residual, amplitude, offset, ...centre, bandwidth(fit.gabor) ?? '', plane.share, fit.unresolved],
      ];
    });
    const good = `${wellFitted(fits, least).length} of ${fits.length} filters of ${model.name} have r² of at least ${least}`;
    const description = noise.length === 0 ? good : `${good}; of white noise one in twenty exceeds ${noiseLevel(noise).toFixed(2)}`;
    yield { kind: 'table', name: named('gabor'), layer: kernels.layer, columns: GABOR, rows, description };
  }
  yield {
    ...commonLayer(networks),
    kind: 'image',
    name: 'fits',
    image: fitsPicture(networks, side, least),
    description: `the planes of filters that were fitted, left, and their Gabors, right, in the same contrast; those with r² below ${least} in a frame`,
  };
  const description = `fits of ${networks.map(titleOf).join(' and of ')}`;
  yield { ...commonLayer(networks), kind: 'plot', name: 'orientation-frequency', plot: cloudPlot(networks, least), description };
}

/** Where all networks have one layer in view, artifacts of all are about it. */
function commonLayer(networks: readonly NetworkFilters[]): { readonly layer?: string } {
  const layers = new Set(networks.map(({ kernels }) => kernels.layer));
  const [layer] = layers;
  return layers.size === 1 && layer !== undefined ? { layer } : {};
}

function described(network: NetworkFilters): string {
  const { kernels, filters, standings } = network;
  const shape = [...kernels.size, kernels.channels].join('×');
  const share = filters.length < kernels.filters ? `${filters.length} of ${kernels.filters}` : String(filters.length);
  const rows = kernels.coloured || kernels.channels === 1 ? '' : ', a row of input channels each';
  return `${share} filters of ${titleOf(network)}, ${shape}${rows}: ${counted(standings)}`;
}

function counted(standings: NetworkFilters['standings']): string {
  const dead = standings.filter((standing) => standing.dead).length;
  const duplicates = standings.filter(({ duplicateOf }) => duplicateOf !== undefined).length;
  return `${dead} dead, ${duplicates} duplicate${duplicates === 1 ? '' : 's'}`;
}
