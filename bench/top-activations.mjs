// The strongest activations of all units of six layers over 2 000 pictures, against the bare forward passes that they take.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inTurns } from './support/torch.mjs';

export const name = 'top-activations';

const LAYERS = ['relu1', 'relu2_1', 'relu2_2', 'relu3_1', 'relu3_2', 'relu4_2'];
const FILE = 'cifar10-jpg-20k/cifar10-test-10000-jpg.zip';
const CLASSES = 10;
const PER_CLASS = 1000;
/** Pictures 800 to 999 of each class, which the training of the network has only measured on. */
const FIRST = 800;

const folder = process.env.FEATURESCOPE_DATA ?? fileURLToPath(new URL('../../shared/data', import.meta.url));

const part = (dataset, size, placeOf) => ({ ...dataset, size, item: (i) => dataset.item(placeOf(i)) });

async function heldOut(openDataset, codec) {
  const all = await openDataset([`${folder}/${FILE}`], codec);
  const each = PER_CLASS - FIRST;
  return part(all, CLASSES * each, (i) => Math.floor(i / each) * PER_CLASS + FIRST + (i % each));
}

/** The same pictures, decoded and preprocessed beforehand. */
async function inMemory(core, dataset, codec, spec) {
  const items = [];
  for (let i = 0; i < dataset.size; i += 1) items.push(await valuesOf(core, await dataset.item(i), codec, spec));
  return { ...dataset, item: async (i) => items[i] };
}

async function valuesOf(core, item, codec, spec) {
  if (item.kind === 'array') return item;
  const image = await codec.resize(item.image, core.resizePlan([item.image.height, item.image.width], spec).resize);
  return { kind: 'array', name: item.name, shape: [image.height, image.width, spec.channels], values: core.toInputUnits(image, spec) };
}

export async function run({ rounds = 7 } = {}) {
  const { core, runtime, tf } = await import('./support/packages.mjs');
  if (!existsSync(`${folder}/${FILE}`)) {
    console.log(`skipped: there is no ${folder}/${FILE}; FEATURESCOPE_DATA names the folder that is looked into`);
    return [];
  }
  const { runContext } = await import('./support/context.mjs');
  const { openDataset, sharpCodec } = await import('../packages/node/dist/index.js');
  const { topActivations } = await import('../packages/plugin-deconvnet/dist/top-activations/top-activations.js');
  const { batchSize } = await import('../packages/plugin-deconvnet/dist/top-activations/tracking/batch-size.js');
  const weights = new URL('../packages/models/weights/photonet/epoch-64.safetensors', import.meta.url);
  const file = core.decodeModelFile(new Uint8Array(readFileSync(weights)), 'photonet');
  const executor = runtime.createOnnxExecutor();
  const model = await core.createModel({ ...file, executor });
  const archive = await heldOut(openDataset, sharpCodec);
  const memory = await inMemory(core, archive, sharpCodec, model.input);
  const size = batchSize(
    archive.size,
    LAYERS.map((layer) => model.layer(layer)),
  );

  const read = (dataset, first) =>
    Promise.all(
      Array.from({ length: Math.min(size, dataset.size - first) }, async (_, i) =>
        valuesOf(core, await dataset.item(first + i), sharpCodec, model.input),
      ),
    );
  /** All forward passes, each while the next pictures are read. */
  const bare = async (dataset) => {
    const start = performance.now();
    let next = read(dataset, 0);
    for (let first = 0; first < dataset.size; first += size) {
      const batch = await next;
      if (first + size < dataset.size) next = read(dataset, first + size);
      const [height, width, channels] = batch[0].shape;
      const data = new Float32Array(size * height * width * channels);
      batch.forEach(({ values }, i) => {
        data.set(values, i * values.length);
      });
      const input = tf.tensor4d(data, [size, height, width, channels]);
      tf.dispose([input, ...(await model.activations(input, LAYERS)).values()]);
    }
    return performance.now() - start;
  };
  const ranked = async (dataset) => {
    const start = performance.now();
    const { visualizer, options } = topActivations({ layers: LAYERS, projections: false });
    const context = { ...runContext(model), dataset, compile: (network) => executor.compile(network) };
    for await (const _ of visualizer.run(context, options));
    return performance.now() - start;
  };

  const results = [];
  for (const [label, dataset] of [
    ['pictures in memory', memory],
    ['pictures from the archive', archive],
  ]) {
    const { first, second, ratio } = await inTurns(
      () => ranked(dataset),
      () => bare(dataset),
      rounds,
    );
    console.log(
      `${dataset.size} ${label}, 6 layers, all units: ${first.toFixed(0)} ms, bare passes ${second.toFixed(0)} ms, ratio ${ratio.toFixed(3)}`,
    );
    results.push({ label, ratio });
  }
  model.dispose();
  return results;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await run();
