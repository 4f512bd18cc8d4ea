import type { Executor, Logger, RuntimeChoice, TensorRuntime } from '@featurescope/core';
import type { BackendName } from './backends/backend.js';
import { BACKENDS } from './backends/index.js';
import { reasonOf } from './backends/modules.js';
import { runtimeNotAvailable } from './errors.js';
import { type FoundPath, needsOf, Probes } from './probe.js';
import { describeHost, type PathReport, RUNTIME_PATHS, type RuntimePath, type RuntimeReport } from './report.js';

export interface Runtime {
  readonly tensors: TensorRuntime;
  readonly executor: Executor;
  readonly report: RuntimeReport;
}

/** Which backend does the maths, and which path runs the networks. */
interface Chosen {
  readonly tensors: BackendName;
  readonly passes: RuntimePath;
  readonly executor: Executor;
}

/**
 * Starts the runtime of a process. `auto`: TensorFlow on a GPU, or hardware WebGPU, where there is one; else ONNX Runtime for network
 * passes and WebAssembly for tensor maths. `onnx` is the latter by name; the other names run everything on that TensorFlow.js backend.
 * @throws FeaturescopeError when a runtime asked for by name cannot be had
 */
export const createRuntime = (choice: RuntimeChoice, log?: Logger): Promise<Runtime> => startRuntime(choice, new Probes(), log);

/** The same after looking for every path, so that the report is complete: it says what a `createRuntime` would choose, and why. */
export async function diagnoseRuntime(choice: RuntimeChoice = 'auto', log?: Logger): Promise<Runtime> {
  const probes = new Probes();
  await probes.tryAll();
  return startRuntime(choice, probes, log);
}

async function startRuntime(choice: RuntimeChoice, probes: Probes, log: Logger | undefined): Promise<Runtime> {
  const chosen = await choose(choice, probes);
  const report = reportOf(choice, chosen, probes);
  log?.debug(`runtime: tensor maths on ${chosen.tensors}, network passes on ${chosen.executor.name}`);
  return { tensors: { backend: chosen.tensors }, executor: chosen.executor, report };
}

function choose(choice: RuntimeChoice, probes: Probes): Promise<Chosen> {
  switch (choice) {
    case 'auto':
      return chooseBest(probes);
    case 'onnx':
      return chooseOnnx(probes);
    case 'tensorflow':
    case 'webgpu':
    case 'wasm':
    case 'cpu':
      return chooseBackend(choice, probes);
  }
}

async function chooseBest(probes: Probes): Promise<Chosen> {
  for (const path of ['tensorflow', 'webgpu'] as const) {
    if (!BACKENDS[path].mayUseGpu()) continue;
    const probe = await probes.try(path);
    const onGpu = probe.found && probe.gpu && (await started(path, probe, probes));
    if (onGpu) return { tensors: path, passes: path, executor: onGpu.createExecutor() };
  }
  const onnx = await probes.try('onnx');
  for (const path of onnx.found ? (['wasm', 'cpu'] as const) : (['tensorflow', 'wasm', 'cpu'] as const)) {
    const probe = await probes.try(path);
    const backend = probe.found && (await started(path, probe, probes));
    if (backend) return { tensors: path, passes: onnx.found ? 'onnx' : path, executor: (onnx.found ? onnx : backend).createExecutor() };
  }
  throw notAvailable('cpu', probes);
}

async function chooseOnnx(probes: Probes): Promise<Chosen> {
  const onnx = await probes.try('onnx');
  if (!onnx.found) throw notAvailable('onnx', probes);
  await chooseBackend('wasm', probes);
  return { tensors: 'wasm', passes: 'onnx', executor: onnx.createExecutor() };
}

async function chooseBackend(name: BackendName, probes: Probes): Promise<Chosen> {
  const probe = await probes.try(name);
  const backend = probe.found && (await started(name, probe, probes));
  if (!backend) throw notAvailable(name, probes);
  return { tensors: name, passes: name, executor: backend.createExecutor() };
}

async function started(path: RuntimePath, probe: FoundPath, probes: Probes): Promise<FoundPath | undefined> {
  try {
    await probe.activate();
    return probe;
  } catch (error) {
    probes.fail(path, reasonOf(error));
    return undefined;
  }
}

function notAvailable(path: RuntimePath, probes: Probes) {
  const probe = probes.get(path);
  return runtimeNotAvailable(path, probe && !probe.found ? probe.reason : 'it could not be started', needsOf(path));
}

const reportOf = (choice: RuntimeChoice, chosen: Chosen, probes: Probes): RuntimeReport => ({
  choice,
  tensors: chosen.tensors,
  executor: chosen.executor.name,
  paths: RUNTIME_PATHS.map((path) => pathReport(path, choice, chosen, probes)),
  host: describeHost(),
});

function pathReport(name: RuntimePath, choice: RuntimeChoice, chosen: Chosen, probes: Probes): PathReport {
  const probe = probes.get(name);
  const chosenFor = [...(chosen.tensors === name ? (['tensors'] as const) : []), ...(chosen.passes === name ? (['passes'] as const) : [])];
  const common = { name, chosenFor, needs: needsOf(name) };
  if (!probe) return { ...common, found: 'unknown', gpu: false, reason: 'not looked for: the choice did not depend on it' };
  if (!probe.found) return { ...common, found: 'no', gpu: false, reason: probe.reason };
  const { version, device, gpu } = probe;
  return {
    ...common,
    found: 'yes',
    version,
    device,
    gpu,
    reason: chosenFor.length > 0 ? `chosen for ${chosenFor.join(' and ')}` : whyNot(name, choice, chosen),
  };
}

function whyNot(name: RuntimePath, choice: RuntimeChoice, { tensors, passes }: Chosen): string {
  if (choice !== 'auto') return `--runtime ${choice} was asked for`;
  if (name === 'tensorflow' || name === 'webgpu')
    return `not on a GPU: ${passes} is faster for passes, and ${tensors} enough for tensor maths`;
  return passes === tensors
    ? `${tensors} computes on a GPU`
    : `${name === 'cpu' ? 'slower than' : 'not needed beside'} ${passes} and ${tensors}`;
}
