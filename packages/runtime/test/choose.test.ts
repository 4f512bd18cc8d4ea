import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContainer, EXECUTOR_FACTORY, TENSOR_RUNTIME } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRuntime, diagnoseRuntime, type RuntimeReport, registerRuntime } from '../src/index.js';

const chosen = (report: RuntimeReport): object =>
  Object.fromEntries(report.paths.map(({ name, chosenFor }) => [name, chosenFor.join(' ')]));

afterEach(() => vi.unstubAllEnvs());

describe('createRuntime', () => {
  it.each(['wasm', 'cpu'] as const)('%s runs everything on that backend', async (name) => {
    const { tensors, executor, report } = await createRuntime(name);
    expect([tensors.backend, executor.name, tf.getBackend()]).toEqual([name, 'tfjs', name]);
    expect(chosen(report)).toMatchObject({ onnx: '', [name]: 'tensors passes' });
  });

  it('onnx runs passes in ONNX Runtime and maths on wasm', async () => {
    const { tensors, executor, report } = await createRuntime('onnx');
    expect([tensors.backend, executor.name, tf.getBackend()]).toEqual(['wasm', 'onnx', 'wasm']);
    expect(chosen(report)).toEqual({ tensorflow: '', webgpu: '', onnx: 'passes', wasm: 'tensors', cpu: '' });
  });

  it('auto never takes a path that is not there', async () => {
    const { report } = await createRuntime('auto');
    for (const path of report.paths) if (path.chosenFor.length > 0) expect(path.found).toBe('yes');
    expect(report.paths.flatMap((path) => path.chosenFor).sort()).toEqual(['passes', 'tensors']);
  });

  it.skipIf(process.env['FEATURESCOPE_RUNTIMES'] !== undefined)('says why a runtime asked for by name cannot be had', async () => {
    await expect(createRuntime('tensorflow')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The runtime "tensorflow" cannot be used on this machine: neither @tensorflow/tfjs-node-gpu nor @tensorflow/tfjs-node is installed. It needs @tensorflow/tfjs-node-gpu (CUDA) or @tensorflow/tfjs-node, with its native binding. \`featurescope doctor\` lists what was found; \`--runtime auto\` takes the best of it.]`,
    );
    await expect(createRuntime('webgpu')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The runtime "webgpu" cannot be used on this machine: the package @tensorflow/tfjs-backend-webgpu is not installed. It needs the packages webgpu and @tensorflow/tfjs-backend-webgpu, and a GPU driver (on Linux: libvulkan1 and Vulkan 1.3). \`featurescope doctor\` lists what was found; \`--runtime auto\` takes the best of it.]`,
    );
    await expect(createRuntime('webgpu')).rejects.toMatchObject({ code: 'runtime/not-available', category: 'usage' });
  });

  it('does not take a package for a runtime that does not load', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'featurescope-broken-'));
    const installed = join(folder, 'node_modules/@tensorflow/tfjs-node');
    mkdirSync(installed, { recursive: true });
    writeFileSync(join(installed, 'package.json'), JSON.stringify({ name: '@tensorflow/tfjs-node', version: '4.22.0', main: 'index.js' }));
    writeFileSync(join(installed, 'index.js'), "throw new Error('no native binding here');");
    vi.stubEnv('FEATURESCOPE_RUNTIMES', folder);
    await expect(createRuntime('tensorflow')).rejects.toThrow('@tensorflow/tfjs-node does not load: no native binding here');
    rmSync(folder, { recursive: true });
  });
});

describe('diagnoseRuntime', () => {
  it('reports every path and the machine', async () => {
    const { report } = await diagnoseRuntime('auto');
    expect(report.paths.map((path) => path.name)).toEqual(['tensorflow', 'webgpu', 'onnx', 'wasm', 'cpu']);
    for (const path of report.paths) {
      expect(path.found).not.toBe('unknown');
      expect(path.reason).not.toBe('');
      if (path.found === 'yes') expect(path.version).toMatch(/^\d+\.\d+/);
    }
    expect(report.host).toMatchObject({ node: process.versions.node, cores: expect.any(Number), threads: expect.any(Number) });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe('registerRuntime', () => {
  it('registers tensor maths and one shared executor', async () => {
    const child = createContainer();
    const report = await registerRuntime(child, 'wasm');
    expect(child.resolve(TENSOR_RUNTIME)).toEqual({ backend: 'wasm' });
    const factory = child.resolve(EXECUTOR_FACTORY);
    expect(await factory.create()).toBe(await factory.create());
    expect((await factory.create()).name).toBe(report.executor);
    await child.dispose();
  });
});
