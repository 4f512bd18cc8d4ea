import type { RuntimeChoice } from '@featurescope/core';
import { createRuntime, createTfjsExecutor } from '@featurescope/runtime';
import { ones } from '@tensorflow/tfjs-core';

// Starts a runtime, runs a small network and ends: nothing here makes the process exit.
const listeners = () => ['uncaughtException', 'unhandledRejection', 'exit', 'SIGINT'].map((name) => process.listenerCount(name)).join();
const before = listeners();
const { executor, tensors } = await createRuntime((process.argv[2] ?? 'auto') as RuntimeChoice);
for (const each of [executor, createTfjsExecutor()]) {
  const compiled = await each.compile({
    input: { name: 'image', shape: [null, null, 3] },
    layers: [{ kind: 'relu', name: 'relu', inputs: ['image'] }],
    outputs: ['relu'],
    weights: new Map(),
  });
  const result = await compiled.forward(ones([1, 4, 4, 3]), ['relu']);
  console.log(each.name, tensors.backend, (await result.get('relu')?.data())?.length);
  compiled.dispose();
}
console.log('listeners', before === listeners() ? 'unchanged' : `${before} became ${listeners()}`);
