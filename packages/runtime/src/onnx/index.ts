export { createOnnxExecutor, type OnnxExecutorOptions } from './executor.js';
