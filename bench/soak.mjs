// Many steps of every kind in one process: memory stays where it was after the first hundred, and the process ends by itself.
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export const name = 'soak';

const STEPS = 2000;
const EARLY = 100;
const SAMPLE_EVERY = 20;
/** Growth that the allocators' own book-keeping explains. */
const TOLERANCE = 1.1;

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc');

/** Resident bytes once garbage is gone. */
const resident = () => {
  collectGarbage();
  return process.memoryUsage.rss();
};

const megabytes = (bytes) => Math.round(bytes / 2 ** 20);

export async function run({ steps = STEPS } = {}) {
  const { core, models, runtime, tf, withRandomWeights } = await import('./support/packages.mjs');
  const shape = [32, 32, 3];
  const network = withRandomWeights(models.photonet({ dropout: 0, width: 0.5 }), shape);
  const executor = runtime.createOnnxExecutor({ threads: 1 });
  const compiled = await executor.compile(network);
  const training = await executor.compile(network, { trainable: true });
  const random = core.createRandom('soak');
  const pictures = random.fillNormal(new Float32Array(2 * 32 * 32 * 3), 0, 1);
  const labels = Int32Array.of(3, 7);
  const dispose = (activations) => {
    for (const tensor of activations.values()) tensor.dispose();
  };

  const kinds = [
    async (input) => {
      const seeds = [{ layer: 'conv3_2', form: 'squares', weight: 1, units: [{ channel: random.integer(0, 63) }] }];
      const { gradient, activations } = await compiled.gradient({ input, seeds, policy: core.GRADIENT, wanted: ['pool2'] });
      gradient.dispose();
      dispose(activations);
    },
    async (input) => dispose(await compiled.forward(input, ['pool3', 'prob'])),
    async (input) => {
      const hooks = [{ layers: 'pool1', forward: (tensor) => tensor.clone(), backward: () => undefined }];
      const seeds = { layers: ['fc5'], seed: (at) => new Map([['fc5', at.get('fc5').clone()]]) };
      const { gradient } = await compiled.gradient({ input, seeds, policy: core.GUIDED, hooks });
      gradient.dispose();
    },
    async (input) => {
      const seeds = [{ layer: 'fc5', form: { crossEntropy: labels }, weight: 0.5 }];
      await training.weightGradient({ input, seeds, policy: core.GRADIENT });
      training.setWeights(network.weights);
    },
  ];

  const samples = [];
  const tensors = tf.memory().numTensors;
  for (let step = 1; step <= steps; step += 1) {
    const input = tf.tensor4d(pictures, [2, ...shape]);
    await kinds[step % kinds.length](input);
    input.dispose();
    if (step % SAMPLE_EVERY === 0) samples.push({ step, bytes: resident() });
  }
  const left = tf.memory().numTensors - tensors;
  compiled.dispose();
  training.dispose();

  const early = Math.max(...samples.filter(({ step }) => step <= EARLY).map(({ bytes }) => bytes));
  const late = Math.min(...samples.filter(({ step }) => step > steps - EARLY).map(({ bytes }) => bytes));
  console.log(`${steps} steps: ${megabytes(early)} MB after ${EARLY}, ${megabytes(late)} MB at the end, ${left} tensors left`);
  if (left !== 0) throw new Error(`soak: ${left} tensors were left behind`);
  if (late > early * TOLERANCE) throw new Error(`soak: memory grew from ${megabytes(early)} to ${megabytes(late)} MB`);
  return { early, late, left };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await run();
