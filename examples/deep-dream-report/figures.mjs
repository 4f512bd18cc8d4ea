// Makes all figures, one after the other: runs each config, prints the numbers of its runs, and puts the pictures of a figure side by side.
// Names of figures pick some of them: node examples/deep-dream-report/figures.mjs layers guided
import { makeFigures } from '../support/figures.mjs';

const images = (height, columns, ...artifacts) => ({ height, columns, artifacts: artifacts.length > 0 ? artifacts : ['image'] });
const growth = images(300, 1, 'growth');

await makeFigures(import.meta.url, {
  layers: { pictures: { layers: images(224, 3) } },
  'step-size': { pictures: { 'step-size': images(224, 4, /^step/), 'step-size-plot': growth } },
  divergence: { pictures: { divergence: images(224, 3, 'unbounded', 'clamped', 'decaying'), 'divergence-plot': growth } },
  larger: { pictures: { larger: images(360, 2) } },
  tiles: { pictures: { tiles: images(360, 2) } },
  cycle: { pictures: { cycle: images(224, 2) } },
  overlap: { pictures: { overlap: images(360, 2) } },
  noise: { pictures: { noise: images(224, 3) } },
  sketch: { needs: ['doodlenet'], folder: 'doodlenet/sketch', pictures: { sketch: images(224, 3) } },
  'class-noise': { pictures: { 'class-noise': images(192, 4) } },
  'class-photo': { pictures: { 'class-photo': images(224, 2, 'image', 'probabilities') } },
  guided: { pictures: { guided: images(192, 5) } },
});
