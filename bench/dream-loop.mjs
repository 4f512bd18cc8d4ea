// One iteration of the dream visualizer, with everything switched on, against the bare pass that it contains.
import { pathToFileURL } from 'node:url';
import { inTurns } from './support/torch.mjs';

export const name = 'dream-loop';

const CASES = [
  { label: 'VGG-16 to conv3_3, 224×224', architecture: 'vgg16', layer: 'conv3_3', size: 224 },
  { label: 'all of SqueezeNet, 227×227', architecture: 'squeezenet', layer: 'pool10', size: 227 },
];

/** What is switched on besides frames, metrics, guard and google/deepdream's step. */
const USUAL = { jitter: 32, clamp: true };
const REPORT = { ...USUAL, decay: 1e-3, l2: 1e-3, blurEvery: 10 };
const SETTINGS = {
  'jitter, clamp': USUAL,
  'with decay, L2, blur': REPORT,
  'with total variation and clipping too': { ...REPORT, totalVariation: 1e-3, clipNorm: 1, clipContribution: 1 },
};

export async function run({ rounds = 9, iterations = 20, cases = CASES } = {}) {
  const { core, models, runtime, tf, withRandomWeights } = await import('./support/packages.mjs');
  const { runContext, timeBetween } = await import('./support/context.mjs');
  const { dream } = await import('../packages/plugin-deepdream/dist/index.js');
  const executor = runtime.createOnnxExecutor();
  const results = [];
  for (const { label, architecture, layer, size } of cases) {
    const shape = [size, size, 3];
    const full = models[architecture]();
    const kept = core.ancestors(full, [layer]);
    const network = withRandomWeights({ ...full, layers: full.layers.filter((one) => kept.has(one.name)), outputs: [layer] }, shape);
    const input = {
      size: [size, size],
      channels: 3,
      fixedSize: false,
      preprocessing: { channelOrder: 'rgb', scale: 1, mean: [124, 117, 104], std: [1, 1, 1] },
    };
    const model = await core.createModel({ name: architecture, network, input, executor });
    const picture = tf.tensor4d(core.createRandom('picture').fillNormal(new Float32Array(size * size * 3), 0, 50), [1, ...shape]);
    const bare = async () => {
      const start = performance.now();
      for (let i = 0; i < iterations; i += 1) {
        const seeds = [{ layer, form: 'squares', weight: 1 }];
        const { gradient } = await model.compiled.gradient({ input: picture, seeds, policy: core.GRADIENT });
        gradient.dispose();
      }
      return (performance.now() - start) / iterations;
    };
    for (const [what, options] of Object.entries(SETTINGS)) {
      const configured = dream({ layers: [layer], start: 'uniform', octaves: 1, iterations: iterations + 1, ...options });
      const loop = async () => {
        const { milliseconds, steps } = await timeBetween(configured, runContext(model), 'objective');
        return milliseconds / steps;
      };
      const { first, second, ratio } = await inTurns(loop, bare, rounds);
      console.log(`${label}, ${what}: ${first.toFixed(1)} ms an iteration, bare pass ${second.toFixed(1)} ms, ratio ${ratio.toFixed(3)}`);
      results.push({ label, what, ratio });
    }
    picture.dispose();
    model.dispose();
  }
  return results;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await run();
