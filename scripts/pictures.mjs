// Makes the pictures of the documentation from the results of `npm run demo`.
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const root = fileURLToPath(new URL('..', import.meta.url));
const demo = `${root}out/demo/`;
const pictures = `${root}docs/pictures/`;
const GAP = 12;

const { runs } = JSON.parse(readFileSync(`${demo}manifest.json`, 'utf8'));

/** Path of an artifact's picture. */
function find(visualizer, name, input) {
  const run = runs.find((candidate) => candidate.visualizer === visualizer);
  const artifact = run?.artifacts.find((candidate) => candidate.name === name && candidate.input === input);
  if (!artifact) throw new Error(`pictures: the demo has no ${name} of ${input} by ${visualizer}; run npm run demo first`);
  return demo + artifact.path;
}

/** Pictures of one height beside each other. */
async function row(file, paths, height) {
  const tiles = await Promise.all(
    paths.map(async (path) => {
      const { data, info } = await sharp(path)
        .resize({ height, kernel: 'nearest' })
        .removeAlpha()
        .png()
        .toBuffer({ resolveWithObject: true });
      return { input: data, width: info.width };
    }),
  );
  const width = tiles.reduce((sum, tile) => sum + tile.width, GAP * (tiles.length - 1));
  let left = 0;
  const composite = tiles.map(({ input, width: tileWidth }) => {
    const placed = { input, left, top: 0 };
    left += tileWidth + GAP;
    return placed;
  });
  await sharp({ create: { width, height, channels: 3, background: '#fff' } })
    .composite(composite)
    .png({ palette: true, quality: 90 })
    .toFile(pictures + file);
}

mkdirSync(pictures, { recursive: true });
await row('dream.png', [find('dream', 'input', 'landscape'), find('dream', 'image', 'landscape')], 320);
await row(
  'gradient.png',
  ['input', 'overlay', 'saliency', 'signed'].map((name) => find('gradient', name, 'sailboat')),
  224,
);
