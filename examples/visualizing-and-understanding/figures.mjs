// Makes all figures, one after the other: runs each config, prints the numbers of its runs, and puts its pictures together.
// Names of figures pick some of them: node examples/visualizing-and-understanding/figures.mjs top sanity
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeFigures } from '../support/figures.mjs';
import { numbersOf } from './numbers.mjs';

const PHOTONET = 'photonet';
const SQUEEZENET = 'squeezenet1.0';
/** Photos that are not part of the project and are not shown: only numbers and plots are. */
const PHOTOS = 'cifar10-jpg-20k/cifar10-test-10000-jpg.zip';
const FEWER_PHOTOS = 'cifar10-jpg-20k/cifar10-test-first100perclass.bin';

const plot = (name, columns = 1, input) => ({ artifacts: [name], width: 480, columns, input });
const image = (name, width, columns = 1, input) => ({ artifacts: [name], width, columns, input });

/** The config of a figure, what it runs on where that is not the default, what it needs, and which artifacts make which picture. */
const FIGURES = {
  top: { pictures: { top: image('sheet', 900) } },
  'top-squeezenet': { config: 'top', model: SQUEEZENET, pictures: { 'top-squeezenet': image('sheet', 900) } },
  'top-photos': { config: 'top', data: PHOTOS, pictures: {} },
  evolution: { model: PHOTONET, pictures: { evolution: image('grid', 1000), 'evolution-plot': plot('settled') } },
  'evolution-photos': { config: 'evolution', model: PHOTONET, data: FEWER_PHOTOS, pictures: { 'evolution-photos-plot': plot('settled') } },
  methods: { pictures: { methods: image('comparison', 656, 2) } },
  'methods-squeezenet': {
    config: 'methods',
    model: SQUEEZENET,
    pictures: { 'methods-squeezenet': image('comparison', 800, 1, 'dog-03') },
  },
  networks: {
    folder: 'several/networks',
    needs: [SQUEEZENET, 'tiny-darknet', 'doodlenet'],
    pictures: { networks: image('comparison', 1000) },
  },
  filters: {
    folder: 'several/filters',
    needs: [SQUEEZENET],
    pictures: { filters: image('filters', 654), 'filters-fits': image('fits', 686), 'filters-plot': plot('orientation-frequency') },
  },
  sanity: { pictures: { 'sanity-plot': plot('sanity-mean', 2), sanity: image('sanity', 400, 2, 'dog-03') } },
  'deletion-insertion': {
    pictures: {
      'deletion-insertion-plot': plot('deletion-insertion', 2, 'dog-03'),
      'deletion-insertion': image('stages', 560, 2, 'dog-03'),
    },
  },
};

const photosAt = (file) => process.env.FEATURESCOPE_DATA && join(process.env.FEATURESCOPE_DATA, file);

/** Why a data set cannot be used, if it cannot. */
function missing(data) {
  if (!process.env.FEATURESCOPE_DATA) return `FEATURESCOPE_DATA is to name a folder with ${data}`;
  return existsSync(photosAt(data)) ? undefined : `there is no ${photosAt(data)}`;
}

/** What a data set that is not the drawn one changes; its results are in a folder of their own, as networks.ts says. */
function on(figure, { data, ...given }) {
  const { model = process.env.FEATURESCOPE_EXAMPLE_MODEL ?? PHOTONET, config = figure } = given;
  const isOwn = data !== undefined || process.env.FEATURESCOPE_EXAMPLE_DATASET !== undefined;
  const env = data === undefined ? {} : { env: { FEATURESCOPE_EXAMPLE_DATASET: photosAt(data) }, missing: missing(data) };
  return { report: numbersOf, ...(isOwn && { folder: `${model}/${config}-own` }), ...given, ...env };
}

await makeFigures(import.meta.url, Object.fromEntries(Object.entries(FIGURES).map(([figure, given]) => [figure, on(figure, given)])));
