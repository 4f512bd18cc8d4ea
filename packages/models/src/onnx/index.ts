export { exportOnnx, type OnnxExportOptions, type Precision } from './export/index.js';
export { decodeOnnx, externalFiles, importOnnx, type OnnxFile, type OnnxOptions } from './import-onnx.js';
