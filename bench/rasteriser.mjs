// Drawings rasterised in a second on one core, and whether ten thousand of them leave memory flat.
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const name = 'rasteriser';

const SIZE = [225, 225];
const FILES = ['quickdraw-raw-timed/quickdraw-raw-345.tar.gz', 'quickdraw-simplified-25/quickdraw-simplified-344x25.tar.gz'];
const STREAMED = 10_000;

const folder = process.env.FEATURESCOPE_DATA ?? fileURLToPath(new URL('../../shared/data', import.meta.url));

/** Drawings of 8 strokes of 24 points, each a turn on the canvas. */
function synthetic(core, count) {
  const random = core.createRandom('rasteriser');
  const stroke = () => {
    const [cx, cy, radius, phase] = [
      30 + 160 * random.uniform(),
      30 + 160 * random.uniform(),
      10 + 50 * random.uniform(),
      random.uniform(),
    ];
    const at = (turn) => (wave, centre) => centre + radius * wave(2 * Math.PI * (phase + turn));
    const points = (wave, centre) => Float64Array.from({ length: 24 }, (_, i) => at(i / 24)(wave, centre));
    return { x: points(Math.cos, cx), y: points(Math.sin, cy) };
  };
  return Array.from({ length: count }, () => ({ width: 225, height: 225, strokes: Array.from({ length: 8 }, stroke) }));
}

function measure(label, drawings, draw, results) {
  for (const drawing of drawings.slice(0, 200)) draw(drawing);
  const start = performance.now();
  for (const drawing of drawings) draw(drawing);
  const perSecond = (1000 * drawings.length) / (performance.now() - start);
  console.log(`${label}: ${perSecond.toFixed(0)} drawings/s (${drawings.length} drawings at ${SIZE.join('×')})`);
  results.push({ label, perSecond });
}

/** Megabytes in use after a tenth of the drawings, and after all; a file is read again from the start until there are enough. */
async function streamed(core, readDrawings, file) {
  const used = () => {
    globalThis.gc?.();
    return process.memoryUsage().rss / 2 ** 20;
  };
  let count = 0;
  let early = 0;
  while (count < STREAMED) {
    for await (const { drawing } of readDrawings(file)) {
      core.strokeChannels(drawing, { size: SIZE, penWidth: 2, parts: 3 });
      if (++count === STREAMED / 10) early = used();
      if (count === STREAMED) break;
    }
  }
  const late = used();
  console.log(
    `${count} drawings read and made into six channels: ${early.toFixed(0)} MB after ${STREAMED / 10}, ${late.toFixed(0)} MB at the end`,
  );
  return { early, late };
}

export async function run({ count = 2000 } = {}) {
  const { core } = await import('./support/packages.mjs');
  const { readDrawings } = await import('../packages/node/dist/index.js');
  const results = [];
  const pen = core.defaultPenWidth(SIZE);
  const made = synthetic(core, count);
  const picture = (drawing) => core.rasterise(drawing, SIZE, pen);
  const channels = (drawing) => core.strokeChannels(drawing, { size: SIZE, penWidth: pen, parts: 3 });
  measure('made up, one channel', made, picture, results);
  measure('made up, six channels', made, channels, results);
  for (const file of FILES) {
    const path = `${folder}/${file}`;
    if (!existsSync(path)) {
      console.log(`skipped: there is no ${path}; FEATURESCOPE_DATA names the folder that is looked into`);
      continue;
    }
    const drawings = [];
    for await (const { drawing } of readDrawings(path)) if (drawings.push(drawing) === count) break;
    const label = file.split('/')[0];
    measure(`${label}, one channel`, drawings, picture, results);
    measure(`${label}, six channels`, drawings, channels, results);
    if (file === FILES[0]) results.push({ label: 'memory', ...(await streamed(core, readDrawings, path)) });
  }
  return results;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await run();
