// A map of the strongest class, or of a given one, from the picture to the numbers: gradient, deconvnet, guided backpropagation.
import { pathToFileURL } from 'node:url';
import { alternate, startTorch } from './support/torch.mjs';

export const name = 'attribution';

const SIZE = 227;

const CASES = ['gradient', 'deconvnet', 'guided-backprop'].flatMap((method) => [
  { method, label: `${method} of the strongest class, SqueezeNet, ${SIZE}×${SIZE}`, options: {} },
  { method, label: `${method} of a given class, SqueezeNet, ${SIZE}×${SIZE}`, options: { class: 285 } },
]);

export async function run({ rounds = 20, cases = CASES } = {}) {
  const { core, models, runtime, tf, withRandomWeights } = await import('./support/packages.mjs');
  const { runContext } = await import('./support/context.mjs');
  const { plugin } = await import(new URL('../packages/plugin-deconvnet/dist/index.js', import.meta.url));
  const shape = [SIZE, SIZE, 3];
  const network = withRandomWeights(models.squeezenet(), shape);
  const input = { size: [SIZE, SIZE], channels: 3, fixedSize: false };
  const model = await core.createModel({ name: 'squeezenet', network, input, executor: runtime.createOnnxExecutor() });
  const data = core.createRandom('picture').fillNormal(new Float32Array(SIZE * SIZE * 3), 0, 50);
  const picture = { name: 'noise', source: 'noise', raw: true, size: input.size, tensor: async () => tf.tensor4d(data, [1, ...shape]) };
  const results = [];
  for (const { method, label, options } of cases) {
    const { visualizer, options: checked } = plugin.visualizers.find((one) => one.visualizer.name === method)(options);
    const torch = await startTorch('attribution.py', method, String(SIZE));
    const step = async () => {
      for await (const event of visualizer.run(runContext(model, [picture]), checked))
        if (event.type === 'artifact' && event.artifact.name === 'attribution') return;
    };
    results.push(await alternate(label, step, torch, rounds));
    torch?.stop();
  }
  model.dispose();
  return results;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await run();
