import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type { Executor } from '@featurescope/core';

export const ONNX_NEEDS = 'onnxruntime-node, with its native library for this platform';

/** ONNX Runtime, if its native library really loads. @throws Error saying why it does not */
export async function loadOnnx(): Promise<{ readonly version: string; readonly device: string; create(): Executor }> {
  const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string };
  const [{ createOnnxExecutor }, { loadRuntime }] = await Promise.all([import('./onnx/index.js'), import('./onnx/session.js')]);
  await loadRuntime();
  return { version, device: `CPU, ${availableParallelism()} threads`, create: () => createOnnxExecutor() };
}
