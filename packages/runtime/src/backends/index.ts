import type { Backend, BackendName } from './backend.js';
import { cpu } from './cpu.js';
import { tensorflow } from './tensorflow.js';
import { wasm } from './wasm.js';
import { webgpu } from './webgpu.js';

/** In order of preference. */
export const BACKENDS: Readonly<Record<BackendName, Backend>> = { tensorflow, webgpu, wasm, cpu };
