// Makes all figures, one after the other: runs each config, prints the numbers of its runs, and puts the pictures of a figure side by side.
// Names of figures pick some of them: node examples/deep-dream-report/figures.mjs layers guided
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const root = fileURLToPath(new URL('../../', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));
const network = process.env.FEATURESCOPE_EXAMPLE_MODEL ?? 'photonet';
const results = `${root}out/deep-dream-report/`;
/** Those of the bundled network are the ones that the page shows. */
const shown = network === 'photonet' ? `${here}pictures/` : `${results}${network}/`;
const GAP = 8;

/** Height of the pictures of a figure, how many stand in a row, which artifacts they are, and a plot that is a picture of its own. */
const FIGURES = {
  layers: { height: 224, columns: 3, artifacts: ['image'] },
  'step-size': { height: 224, columns: 4, artifacts: [/^step/], plot: 'growth' },
  divergence: { height: 224, columns: 3, artifacts: ['unbounded', 'clamped', 'decaying'], plot: 'growth' },
  larger: { height: 360, columns: 2, artifacts: ['image'] },
  tiles: { height: 360, columns: 2, artifacts: ['image'] },
  cycle: { height: 224, columns: 2, artifacts: ['image'] },
  overlap: { height: 360, columns: 2, artifacts: ['image'] },
  noise: { height: 224, columns: 3, artifacts: ['image'] },
  sketch: { height: 224, columns: 3, artifacts: ['image'], network: 'doodlenet' },
  'class-noise': { height: 192, columns: 4, artifacts: ['image'] },
  'class-photo': { height: 224, columns: 2, artifacts: ['image', 'probabilities'] },
  guided: { height: 192, columns: 5, artifacts: ['image'] },
};

const folderOf = (figure) => `${results}${FIGURES[figure].network ?? network}/${figure}/`;

/** Runs one config; whether it went well. */
function run(figure) {
  const cli = `${root}packages/cli/bin/featurescope.js`;
  return spawnSync(process.execPath, [cli, 'run', `${here}${figure}.config.ts`, '--quiet'], { cwd: root, stdio: 'inherit' }).status === 0;
}

/** Series of each run: how many values, the first and the last. */
function printNumbers(figure) {
  const series = new Map();
  for (const line of readFileSync(`${folderOf(figure)}events.ndjson`, 'utf8')
    .trim()
    .split('\n')) {
    const event = JSON.parse(line);
    if (event.type === 'warning') console.log(`  run ${event.index + 1}: ${event.message}`);
    if (event.type !== 'metric') continue;
    const key = `run ${event.index + 1}, ${event.series}`;
    series.set(key, [...(series.get(key) ?? []), event.value]);
  }
  for (const [key, values] of series) {
    const [first, last] = [values[0], values.at(-1)].map((value) => Number(value.toPrecision(4)));
    const falls = values.filter((value, i) => i > 0 && value < values[i - 1]).length;
    console.log(`  ${key}: ${first} → ${last} in ${values.length} iterations, ${falls} of them downwards`);
  }
}

/** Files of a figure's artifacts, in the order of its runs. */
function files(figure, names) {
  const { runs } = JSON.parse(readFileSync(`${folderOf(figure)}manifest.json`, 'utf8'));
  const wanted = ({ name }) => names.some((pattern) => (typeof pattern === 'string' ? pattern === name : pattern.test(name)));
  return runs.flatMap(({ artifacts }) => artifacts.filter(wanted).map(({ path }) => `${folderOf(figure)}${path}`));
}

/** Pictures of one height, so many in a row. */
async function sheet(file, paths, { height, columns }) {
  const tiles = await Promise.all(
    paths.map(async (path) => {
      const { data, info } = await sharp(path, { density: 144 })
        .resize({ height, kernel: path.endsWith('.svg') ? 'lanczos3' : 'nearest' })
        .flatten({ background: '#fff' })
        .png()
        .toBuffer({ resolveWithObject: true });
      return { input: data, width: info.width };
    }),
  );
  const rows = Array.from({ length: Math.ceil(tiles.length / columns) }, (_, r) => tiles.slice(r * columns, (r + 1) * columns));
  const leftOf = (row, i) => row.slice(0, i).reduce((sum, { width }) => sum + width + GAP, 0);
  const composite = rows.flatMap((row, r) => row.map(({ input }, i) => ({ input, left: leftOf(row, i), top: r * (height + GAP) })));
  const size = { width: Math.max(...rows.map((row) => leftOf(row, row.length) - GAP)), height: rows.length * (height + GAP) - GAP };
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
  console.log(figure);
  if (!run(figure)) {
    failed++;
    continue;
  }
  printNumbers(figure);
  const { artifacts, plot, ...layout } = FIGURES[figure];
  await sheet(`${shown}${figure}.webp`, files(figure, artifacts), layout);
  if (plot) await sheet(`${shown}${figure}-plot.webp`, files(figure, [plot]), { height: 300, columns: 1 });
}
process.exit(failed > 0 ? 1 : 0);
