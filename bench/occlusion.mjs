// The occlusion visualizer against PyTorch on the same windows in batches: time of the whole map, and how far the two maps are apart.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { alternate, startTorch } from './support/torch.mjs';

export const name = 'occlusion';

const WINDOW = 32;
const STRIDE = 8;

/** Batches of PyTorch: of 4, 8, 16 and 32 windows those of 4 are the fastest for SqueezeNet here. */
const CASES = [
  { label: 'SqueezeNet, 227×227', architecture: 'squeezenet', size: 227, batch: 4, rounds: 3 },
  { label: 'VGG-16, 224×224', architecture: 'vgg16', size: 224, batch: 8, rounds: 1 },
];

export async function run({ cases = CASES } = {}) {
  const { core, models, runtime, tf, withRandomWeights } = await import('./support/packages.mjs');
  const { runContext } = await import('./support/context.mjs');
  const { occlusion } = await import(new URL('../packages/plugin-occlusion/dist/index.js', import.meta.url));
  const results = [];
  for (const { label, architecture, size, batch, rounds } of cases) {
    const shape = [size, size, 3];
    const network = withRandomWeights(models[architecture](), shape);
    const input = { size: [size, size], channels: 3, fixedSize: false };
    const model = await core.createModel({ name: architecture, network, input, executor: runtime.createOnnxExecutor() });
    const data = core.createRandom('picture').fillNormal(new Float32Array(size * size * 3), 0, 50);
    const picture = { name: 'noise', source: 'noise', raw: true, size: input.size, tensor: async () => tf.tensor4d(data, [1, ...shape]) };
    const folder = await mkdtemp(join(tmpdir(), 'featurescope-bench-'));
    await writeFile(join(folder, 'picture.f32'), bytesOf(data));
    await writeFile(join(folder, 'weights.f32'), Buffer.concat(weightsInOrder(network).map(bytesOf)));
    const torch = await startTorch('occlusion.py', architecture, ...[size, WINDOW, STRIDE, batch].map(String), folder);
    const { visualizer, options } = occlusion({ window: WINDOW, stride: STRIDE, baseline: 0, class: 0 });
    let scores;
    const step = async () => {
      for await (const event of visualizer.run(runContext(model, [picture]), options))
        if (event.type === 'artifact' && event.artifact.name === 'score-map' && event.artifact.kind === 'tensor') {
          scores = event.artifact.data;
          return;
        }
    };
    const result = await alternate(`occlusion, ${label}, window ${WINDOW}, stride ${STRIDE}`, step, torch, rounds, 1);
    if (torch) {
      const theirs = new Float32Array((await readFile(join(folder, 'scores.f32'))).buffer.slice(0));
      result.difference = largestDifference(scores, theirs);
      console.log(`  largest difference of the maps: ${result.difference.toExponential(1)} of the largest score`);
    }
    torch?.stop();
    results.push(result);
    model.dispose();
    await rm(folder, { recursive: true });
  }
  return results;
}

const bytesOf = ({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength);

const weightsInOrder = ({ layers, weights }) =>
  layers
    .filter(({ kind }) => kind === 'conv')
    .flatMap(({ name: layer }) => ['kernel', 'bias'].map((part) => weights.get(`${layer}/${part}`).data));

function largestDifference(a, b) {
  if (a.length !== b.length) throw new Error(`${a.length} windows, but ${b.length} in PyTorch`);
  const largest = b.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0) / largest;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await run();
