// Makes all figures, one after the other: runs each config, prints its numbers, and puts the pictures of a figure side by side.
// Names of figures pick some of them: node examples/occlusion-study/figures.mjs photos refine
import { makeFigures } from '../support/figures.mjs';
import { metricLines, tableLines } from '../support/results.mjs';
import { errorsOfRefinement, probabilitiesOfChanged } from './reports.mjs';

const SQUEEZENET = 'squeezenet1.0';
const images = (height, columns, ...artifacts) => ({ height, columns, artifacts });

const classes = { report: (folder) => [...metricLines(folder), ...tableLines(folder, ['classes'])] };
const refined = { report: (folder) => [...metricLines(folder), ...errorsOfRefinement(folder)] };
const windows = images(300, 4, /^attribution/);
const consistency = { report: (folder) => tableLines(folder, ['consistency']) };

await makeFigures(import.meta.url, {
  photos: { ...classes, pictures: { photos: images(712, 3, 'figure') } },
  'photos-squeezenet': {
    ...classes,
    config: 'photos',
    model: SQUEEZENET,
    pictures: { 'photos-squeezenet': images(712, 3, 'figure') },
  },
  windows: { pictures: { windows } },
  'windows-squeezenet': { config: 'windows', model: SQUEEZENET, pictures: { 'windows-squeezenet': windows } },
  baselines: { pictures: { baselines: images(300, 3, 'attribution') } },
  refine: { ...refined, pictures: { refine: images(300, 4, 'score-map') } },
  'refine-squeezenet': { ...refined, config: 'refine', model: SQUEEZENET, pictures: { 'refine-squeezenet': images(300, 4, 'score-map') } },
  correspondence: {
    ...consistency,
    pictures: { correspondence: images(380, 1, 'parts'), 'correspondence-plot': images(320, 1, 'consistency') },
  },
  'correspondence-squeezenet': {
    ...consistency,
    config: 'correspondence',
    model: SQUEEZENET,
    pictures: { 'correspondence-squeezenet': images(320, 1, 'consistency') },
  },
  invariance: {
    report: probabilitiesOfChanged,
    pictures: { invariance: images(480, 3, 'transformed'), 'invariance-plot': images(300, 1, 'vertical-translation', 'scale', 'rotation') },
  },
});
