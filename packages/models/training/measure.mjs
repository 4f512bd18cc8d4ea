// Measures the bundled checkpoints on the 2,000 pictures that they were not trained on, and writes accuracy.json and the table of
// weights/README.md. Usage, after `npm run setup` and with the pictures under FEATURESCOPE_DATA: node packages/models/training/measure.mjs
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { classifierHead, decodeModelFile, measureAccuracy, pictureExamples } from '@featurescope/core';
import { loadLabelledImages, splitByNumber } from '@featurescope/node';
import { createOnnxExecutor } from '@featurescope/runtime';
import '@tensorflow/tfjs';

const WEIGHTS = join(import.meta.dirname, '../weights');
const FOLDER = join(WEIGHTS, 'photonet');
const DATA = join(process.env.FEATURESCOPE_DATA ?? join(import.meta.dirname, '../../../../shared/data'), 'cifar10-jpg-20k');
const MEASURED = { folder: 'test', from: 800, to: 999 };

const percent = (part) => `${(100 * part).toFixed(1)} %`;

async function measure(file, executor, pictures) {
  const bytes = await readFile(join(FOLDER, file));
  const { network, input, details } = decodeModelFile(bytes, file);
  const compiled = await executor.compile(network);
  const { top1, top5, loss } = await measureAccuracy(
    compiled,
    classifierHead(network).logits,
    pictureExamples(pictures, input.preprocessing),
  );
  compiled.dispose();
  return { file, epoch: details.epoch, bytes: bytes.length, top1, top5, loss };
}

const table = (rows) =>
  [
    '| checkpoint | file | size | top-1 | top-5 | loss |',
    '|---|---|---|---|---|---|',
    ...rows.map(
      ({ epoch, file, bytes, top1, top5, loss }) =>
        `| \`photonet@${epoch}\` | \`photonet/${file}\` | ${(bytes / 1e6).toFixed(2)} MB | ${percent(top1)} | ${percent(top5)} | ${loss.toFixed(3)} |`,
    ),
  ].join('\n');

const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.safetensors')).sort();
const classes = decodeModelFile(await readFile(join(FOLDER, files[0])), files[0]).labels;
const all = await loadLabelledImages([join(DATA, 'cifar10-test-10000-jpg.zip')], { size: 32, classes });
const { measuring } = splitByNumber(all, MEASURED);
const executor = createOnnxExecutor();
const rows = [];
for (const file of files) {
  rows.push(await measure(file, executor, measuring));
  console.log(`${file}: top-1 ${percent(rows.at(-1).top1)}, top-5 ${percent(rows.at(-1).top5)}`);
}
const result = {
  data: 'cifar10-jpg-20k',
  measured: { ...MEASURED, pictures: measuring.labels.length },
  weights: 'float16',
  checkpoints: rows,
};
await writeFile(join(FOLDER, 'accuracy.json'), `${JSON.stringify(result, null, 2)}\n`);
const readme = await readFile(join(WEIGHTS, 'README.md'), 'utf8');
await writeFile(
  join(WEIGHTS, 'README.md'),
  readme.replace(/(<!-- accuracy -->)[\s\S]*(<!-- \/accuracy -->)/, `$1\n\n${table(rows)}\n\n$2`),
);
