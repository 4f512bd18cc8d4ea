export { exportOnnx, type OnnxExportOptions } from './export-onnx.js';
export type { Precision } from './graph-writer.js';
