import { version_core as TFJS_VERSION } from '@tensorflow/tfjs-core';
import { activateBackend } from './activate.js';
import type { Backend } from './backend.js';
import { findModule, importQuietly, isInstalled } from './modules.js';

/** Set to 1, lets `webgpu` be chosen by name on a software driver: right results, very slow. */
const SOFTWARE_VARIABLE = 'FEATURESCOPE_ALLOW_SOFTWARE_WEBGPU';

/** What is used of the `webgpu` package (Dawn) and of its adapters. */
interface Dawn {
  readonly globals: object;
  create(options: readonly string[]): Gpu;
}
interface Gpu {
  requestAdapter(options?: { powerPreference: string }): Promise<Adapter | null>;
}
interface Adapter {
  readonly isFallbackAdapter?: boolean;
  readonly info?: {
    readonly vendor: string;
    readonly architecture: string;
    readonly description: string;
    readonly isFallbackAdapter?: boolean;
  };
}

/** Dawn forgets its devices when this is collected. */
let gpu: Gpu | undefined;

async function start(): Promise<Gpu> {
  if (gpu) return gpu;
  const dawn = (await import(findModule('webgpu').url)) as Dawn;
  gpu = dawn.create([]);
  // The backend reads these while it is imported.
  Object.assign(globalThis, dawn.globals);
  Object.defineProperty(globalThis.navigator ?? makeNavigator(), 'gpu', { value: gpu, configurable: true });
  return gpu;
}

function makeNavigator(): object {
  const navigator = {};
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true, writable: true });
  return navigator;
}

const isSoftware = ({ isFallbackAdapter, info }: Adapter): boolean =>
  isFallbackAdapter === true ||
  info?.isFallbackAdapter === true ||
  /swiftshader|llvmpipe/i.test(`${info?.architecture} ${info?.description}`);

const described = ({ info }: Adapter): string =>
  [info?.vendor, info?.architecture, info?.description].filter(Boolean).join(' ') || 'unnamed adapter';

/** WebGPU in Node, by Dawn. Only adapters that are hardware count, unless FEATURESCOPE_ALLOW_SOFTWARE_WEBGPU is 1. */
export const webgpu: Backend = {
  name: 'webgpu',
  needs: 'the packages webgpu and @tensorflow/tfjs-backend-webgpu, and a GPU driver (on Linux: libvulkan1 and Vulkan 1.3)',
  mayUseGpu: () => isInstalled('webgpu'),
  async load() {
    const backend = findModule('@tensorflow/tfjs-backend-webgpu');
    const { version } = findModule('webgpu');
    const adapter = await (await start()).requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) throw new Error('the driver offers no WebGPU adapter');
    const software = isSoftware(adapter);
    if (software && process.env[SOFTWARE_VARIABLE] !== '1')
      throw new Error(`the only WebGPU adapter is a software driver (${described(adapter)})`);
    await import('@tensorflow/tfjs');
    await importQuietly(backend.url);
    const device = `${described(adapter)}${software ? ', software' : ''}, webgpu ${version}`;
    return {
      version: `${backend.version} (TensorFlow.js ${TFJS_VERSION})`,
      device,
      gpu: !software,
      activate: () => activateBackend('webgpu'),
    };
  },
};
