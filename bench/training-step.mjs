// One training step of the bundled network: forward, cross-entropy, weight gradients, momentum update.
import { pathToFileURL } from 'node:url';
import { alternate, startTorch } from './support/torch.mjs';

export const name = 'training-step';

const SIZE = 32;
const CLASSES = 10;

export async function run({ rounds = 30, batches = [64, 128] } = {}) {
  const { core, models, runtime, tf, withRandomWeights } = await import('./support/packages.mjs');
  const shape = [SIZE, SIZE, 3];
  const results = [];
  for (const batch of batches) {
    const network = withRandomWeights(models.photonet({ classes: CLASSES, dropout: 0 }), shape);
    const compiled = await runtime.createOnnxExecutor().compile(network, { trainable: true });
    const optimizer = core.createOptimizer({ kind: 'sgd', momentum: 0.9, weightDecay: 0, biasRate: 1 }, network.weights);
    const random = core.createRandom('pictures');
    const pictures = random.fillNormal(new Float32Array(batch * SIZE * SIZE * 3), 0, 1);
    const labels = Int32Array.from({ length: batch }, () => random.integer(0, CLASSES - 1));
    const torch = await startTorch('training-step.py', String(batch));
    let steps = 0;
    const step = async () => {
      const input = tf.tensor4d(pictures, [batch, ...shape]);
      const { gradients } = await compiled.weightGradient({
        input,
        seeds: [{ layer: 'fc5', form: { crossEntropy: labels }, weight: 1 / batch }],
        policy: core.GRADIENT,
      });
      input.dispose();
      optimizer.update(gradients, 0.001, steps++);
      compiled.setWeights(network.weights);
    };
    const result = await alternate(`photonet, batch ${batch}`, step, torch, rounds);
    console.log(`  ${Math.round((batch * 1000) / result.ours)} pictures per second`);
    results.push(result);
    torch?.stop();
    compiled.dispose();
  }
  return results;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await run();
