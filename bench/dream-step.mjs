// One step of a deep dream: forward, ‖a‖², gradient with respect to the picture.
import { pathToFileURL } from 'node:url';
import { alternate, startTorch } from './support/torch.mjs';

export const name = 'dream-step';

const CASES = [
  { label: 'VGG-16 to conv3_3, 224×224', architecture: 'vgg16', layer: 'conv3_3', size: 224 },
  { label: 'VGG-16 to conv5_3, 224×224', architecture: 'vgg16', layer: 'conv5_3', size: 224 },
  { label: 'SqueezeNet, all of it, 227×227', architecture: 'squeezenet', layer: 'pool10', size: 227 },
];

export async function run({ rounds = 20, cases = CASES } = {}) {
  const { core, models, runtime, tf, withRandomWeights } = await import('./support/packages.mjs');
  const executor = runtime.createOnnxExecutor();
  const results = [];
  for (const { label, architecture, layer, size } of cases) {
    const shape = [size, size, 3];
    const full = models[architecture]();
    const kept = core.ancestors(full, [layer]);
    const bare = { ...full, layers: full.layers.filter((one) => kept.has(one.name)), outputs: [layer] };
    const compiled = await executor.compile(withRandomWeights(bare, shape));
    const data = core.createRandom('picture').fillNormal(new Float32Array(size * size * 3), 0, 50);
    const input = tf.tensor4d(data, [1, ...shape]);
    const torch = await startTorch('dream-step.py', architecture, layer, String(size));
    const step = async () => {
      const { gradient } = await compiled.gradient({ input, seeds: [{ layer, form: 'squares', weight: 1 }], policy: core.GRADIENT });
      gradient.dispose();
    };
    results.push(await alternate(label, step, torch, rounds));
    torch?.stop();
    input.dispose();
    compiled.dispose();
  }
  return results;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await run();
