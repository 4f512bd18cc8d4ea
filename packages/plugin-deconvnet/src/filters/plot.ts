import { type PlotSpec, scatterPlot } from '@featurescope/core';
import { type NetworkFits, titleOf } from './networks.js';

const DEGREES = 180 / Math.PI;

/**
 * Orientation and frequency of all fits, a colour for each network; poor fits are crosses, blobs and edges
 * without a wave of their own diamonds; the paler, the less a fit explains.
 */
export function cloudPlot(networks: readonly NetworkFits[], wellFitted: number): PlotSpec {
  const clouds = networks.map((network) => ({
    name: titleOf(network),
    points: network.fits.filter(({ fit }) => fit.r2 > 0),
  }));
  const spec = scatterPlot({
    title: 'Orientation and frequency of Gabor fits',
    xLabel: 'direction of the wave in degrees, from right towards down',
    yLabel: 'frequency in cycles per pixel',
    fromZero: true,
    series: clouds.map(({ name, points }) => ({
      name,
      points: points.map(({ fit: { gabor } }) => [gabor.orientation * DEGREES, gabor.frequency] as const),
    })),
  });
  const [good, poor, slow] = [`r² ≥ ${wellFitted}`, `r² < ${wellFitted}`, 'blob or edge'];
  const { x, ...encoding } = spec['encoding'] as { readonly x: object };
  // Values stand here once more since those of scatterPlot do not say how good a fit is.
  const values = clouds.flatMap(({ name, points }) =>
    points.map(({ index, fit: { gabor, r2, unresolved } }) => ({
      x: gabor.orientation * DEGREES,
      y: gabor.frequency,
      series: name,
      filter: index,
      r2,
      fit: r2 < wellFitted ? poor : unresolved ? slow : good,
    })),
  );
  return {
    ...spec,
    data: { values },
    mark: { type: 'point', filled: true, size: 60 },
    encoding: {
      ...encoding,
      x: { ...x, scale: { domain: [0, 180], nice: false }, axis: { values: [0, 30, 60, 90, 120, 150, 180] } },
      opacity: { field: 'r2', type: 'quantitative', title: 'r²', scale: { domain: [0, 1], range: [0.1, 0.9] } },
      shape: {
        field: 'fit',
        type: 'nominal',
        title: null,
        sort: null,
        scale: { domain: [good, slow, poor], range: ['circle', 'diamond', 'cross'] },
      },
    },
  };
}
