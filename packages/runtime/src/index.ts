export { createRuntime, diagnoseRuntime, type Runtime } from './choose.js';
export { registerRuntime } from './container.js';
export { createOnnxExecutor, type OnnxExecutorOptions } from './onnx/index.js';
export { type Host, type PathReport, RUNTIME_PATHS, type RuntimePath, type RuntimeReport } from './report.js';
export { createTfjsExecutor } from './tfjs/executor.js';
