// Makes all figures, one after the other: runs each config, prints the numbers of its runs, and puts its pictures together.
// Names of figures pick some of them: node examples/visualizing-and-understanding/figures.mjs top sanity
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { absence } from './models.mjs';
import { numbersOf } from './numbers.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));
const results = `${root}out/visualizing-and-understanding/`;
const GAP = 8;

/** Whether the user's own pictures are looked at; those of the others are the ones that the page shows. */
const ownData = process.env.FEATURESCOPE_EXAMPLE_DATASET !== undefined;
const isOwn = ownData || process.env.FEATURESCOPE_EXAMPLE_PICTURE !== undefined || process.env.FEATURESCOPE_EXAMPLE_SKETCH !== undefined;
const shown = isOwn ? `${results}own/` : `${here}pictures/`;

const SQUEEZENET = 'squeezenet1.0';
/** Photos that are not part of the project and are not shown: only numbers and plots are. */
const PHOTOS = 'cifar10-jpg-20k/cifar10-test-10000-jpg.zip';
const FEWER_PHOTOS = 'cifar10-jpg-20k/cifar10-test-first100perclass.bin';

const plot = (name, columns = 1) => ({ kind: 'plot', name, width: 480, columns });
const image = (name, width, columns = 1, input) => ({ kind: 'image', name, width, columns, input });

/** The config of a figure, what it runs on where that is not the default, what it needs, and which artifacts make which picture. */
const FIGURES = {
  top: { pictures: { top: image('sheet', 900) } },
  'top-squeezenet': { config: 'top', network: SQUEEZENET, pictures: { 'top-squeezenet': image('sheet', 900) } },
  'top-photos': { config: 'top', data: PHOTOS, pictures: {} },
  evolution: { pictures: { evolution: image('grid', 1000), 'evolution-plot': plot('settled') } },
  'evolution-photos': { config: 'evolution', data: FEWER_PHOTOS, pictures: { 'evolution-photos-plot': plot('settled') } },
  methods: { pictures: { methods: image('comparison', 656, 2) } },
  'methods-squeezenet': {
    config: 'methods',
    network: SQUEEZENET,
    pictures: { 'methods-squeezenet': image('comparison', 800, 1, 'dog-03') },
  },
  networks: { folder: 'several', needs: [SQUEEZENET, 'tiny-darknet', 'doodlenet'], pictures: { networks: image('comparison', 1000) } },
  filters: {
    folder: 'several',
    needs: [SQUEEZENET],
    pictures: { filters: image('filters', 654), 'filters-fits': image('fits', 686), 'filters-plot': plot('orientation-frequency') },
  },
  sanity: { pictures: { 'sanity-plot': plot('sanity-mean', 2), sanity: image('sanity', 400, 2, 'dog-03') } },
  'deletion-insertion': {
    pictures: {
      'deletion-insertion-plot': { ...plot('deletion-insertion', 2), input: 'dog-03' },
      'deletion-insertion': image('stages', 560, 2, 'dog-03'),
    },
  },
};

const photosAt = (file) => process.env.FEATURESCOPE_DATA && join(process.env.FEATURESCOPE_DATA, file);

/** Why a figure cannot be made here, if it cannot. */
function missing({ needs = [], network = 'photonet', data }) {
  if (data && !process.env.FEATURESCOPE_DATA) return `FEATURESCOPE_DATA is to name a folder with ${data}`;
  if (data && !existsSync(photosAt(data))) return `there is no ${photosAt(data)}`;
  return [network, ...needs].map(absence).find((reason) => reason !== undefined);
}

/** Runs one config; whether it went well. */
function run(figure, { config = figure, network = 'photonet', data }) {
  const cli = `${root}packages/cli/bin/featurescope.js`;
  const env = { ...process.env, FEATURESCOPE_EXAMPLE_MODEL: network, ...(data && { FEATURESCOPE_EXAMPLE_DATASET: photosAt(data) }) };
  return (
    spawnSync(process.execPath, [cli, 'run', `${here}${config}.config.ts`, '--quiet'], { cwd: root, env, stdio: 'inherit' }).status === 0
  );
}

const folderOf = (figure, { folder, config = figure, network = 'photonet', data }) =>
  `${results}${folder ?? network}/${config}${!folder && (data || ownData) ? '-own' : ''}/`;

/** Files of a figure's artifacts, in the order of its runs; of one input, where it is among them. */
function files(folder, { kind, name, input }) {
  const { runs } = JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8'));
  const found = runs.flatMap(({ artifacts }) => artifacts.filter((artifact) => artifact.kind === kind && artifact.name === name));
  const of = found.filter((artifact) => artifact.input === input);
  return (of.length > 0 ? of : found).map(({ path }) => `${folder}${path}`);
}

/** Pictures of one width, so many in a row, each row as high as its highest. */
async function sheet(file, paths, { width, columns }) {
  const tiles = await Promise.all(
    paths.map(async (path) => {
      const { data, info } = await sharp(path, { density: 144 })
        .resize({ width })
        .flatten({ background: '#fff' })
        .png()
        .toBuffer({ resolveWithObject: true });
      return { input: data, height: info.height };
    }),
  );
  const rows = Array.from({ length: Math.ceil(tiles.length / columns) }, (_, r) => tiles.slice(r * columns, (r + 1) * columns));
  const heights = rows.map((row) => Math.max(...row.map(({ height }) => height)));
  const topOf = (r) => heights.slice(0, r).reduce((sum, height) => sum + height + GAP, 0);
  const composite = rows.flatMap((row, r) => row.map(({ input }, i) => ({ input, left: i * (width + GAP), top: topOf(r) })));
  const size = { width: Math.min(columns, tiles.length) * (width + GAP) - GAP, height: topOf(rows.length) - GAP };
  await sharp({ create: { ...size, channels: 3, background: '#fff' } })
    .composite(composite)
    .webp({ quality: 82 })
    .toFile(file);
}

const chosen = process.argv.slice(2);
const unknown = chosen.filter((figure) => !(figure in FIGURES));
if (unknown.length > 0) {
  console.error(`figures: there is no ${unknown.join(', ')}; choose from ${Object.keys(FIGURES).join(', ')}`);
  process.exit(2);
}
mkdirSync(shown, { recursive: true });
let failed = 0;
for (const figure of chosen.length > 0 ? chosen : Object.keys(FIGURES)) {
  const plan = FIGURES[figure];
  const reason = missing(plan);
  console.log(reason === undefined ? figure : `${figure}: skipped, since ${reason}`);
  if (reason !== undefined) continue;
  if (!run(figure, plan)) {
    failed++;
    continue;
  }
  const folder = folderOf(figure, plan);
  for (const line of numbersOf(folder)) console.log(`  ${line}`);
  for (const [name, layout] of Object.entries(plan.pictures)) {
    const paths = files(folder, layout);
    // A mean over several pictures is not there for one.
    if (paths.length > 0) await sheet(`${shown}${name}.webp`, paths, layout);
    else console.log(`  there is no ${layout.kind} "${layout.name}" for ${name}`);
  }
}
process.exit(failed > 0 ? 1 : 0);
