export { decodeOnnx, externalFiles, importOnnx, type OnnxFile, type OnnxOptions } from './import-onnx.js';
