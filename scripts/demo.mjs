// Draws the demo's pictures, lets the bundled photo network dream on them, and asks a bundled sketch network about two drawings. Needs no network and
// nothing but the checkout.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { landscape } from '../examples/demo/landscape.mjs';
import { sketches } from '../examples/demo/sketches.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const inputs = `${root}out/demo-inputs`;
const SIZE = { width: 480, height: 320 };

if (!existsSync(`${root}packages/cli/dist/main.js`)) {
  console.error('demo: the packages are not built yet; run `npm run setup` first');
  process.exit(2);
}

console.log('Drawing a landscape and two sketches …');
mkdirSync(inputs, { recursive: true });
await sharp(landscape(SIZE.width, SIZE.height), { raw: { ...SIZE, channels: 3 } })
  .png()
  .toFile(`${inputs}/landscape.png`);
for (const [name, svg] of Object.entries(sketches))
  await sharp(Buffer.from(svg)).flatten({ background: '#fff' }).png().toFile(`${inputs}/${name}.png`);

const cli = `${root}packages/cli/bin/featurescope.js`;
for (const config of ['featurescope', 'sketch']) {
  const { status } = spawnSync(process.execPath, [cli, 'run', `examples/demo/${config}.config.ts`, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
