// A sheet of 64 units against a single one: the whole visualizer on the bundled network, at its own defaults.
import { pathToFileURL } from 'node:url';
import { inTurns } from './support/torch.mjs';

export const name = 'feature-sheet';

export async function run({ rounds = 3, iterations = 128 } = {}) {
  const { core, models, runtime } = await import('./support/packages.mjs');
  const { runContext, timeBetween } = await import('./support/context.mjs');
  const { feature } = await import('../packages/plugin-deepdream/dist/index.js');
  const { registerNode } = await import('../packages/node/dist/index.js');
  const container = core.createContainer();
  registerNode(container);
  await runtime.registerRuntime(container, 'onnx');
  models.registerModels(container);
  const model = await container.resolve(core.MODEL_LOADER).load(undefined);
  const timeOf = (units) => async () => {
    const start = performance.now();
    await timeBetween(feature({ layer: 'relu4_2', units, iterations }), runContext(model), 'objective');
    return performance.now() - start;
  };
  const { first, second, ratio } = await inTurns(timeOf(['0..63']), timeOf([7]), rounds);
  console.log(`64 units of relu4_2: ${first.toFixed(0)} ms, one unit: ${second.toFixed(0)} ms, ratio ${ratio.toFixed(1)}`);
  model.dispose();
  await container.dispose();
  return { first, second, ratio };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await run();
