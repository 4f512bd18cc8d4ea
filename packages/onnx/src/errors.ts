/** The bytes are not an ONNX model: damaged, cut off, or of another format. */
export class OnnxFormatError extends Error {
  override readonly name = 'OnnxFormatError';
  readonly code = 'onnx-invalid';
}

export const invalidOnnx = (position: number, cause: unknown): OnnxFormatError =>
  new OnnxFormatError(
    `not an ONNX model, or a damaged one: at byte ${position}, ${cause instanceof Error ? cause.message : String(cause)}`,
    { cause },
  );
