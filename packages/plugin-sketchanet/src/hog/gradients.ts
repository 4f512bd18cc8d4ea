/** Gradients of a picture, [height, width] each. */
export interface Gradients {
  readonly magnitude: Float64Array;
  /** Radians, 0 along the rows, a quarter turn down the columns; from −π to π. */
  readonly angle: Float64Array;
}

/** Centred differences [−1, 0, 1] without smoothing (Dalal & Triggs 2005, section 6.2); at the border the pixel itself stands for the missing one. */
export function gradients(pixels: ArrayLike<number>, height: number, width: number): Gradients {
  const magnitude = new Float64Array(height * width);
  const angle = new Float64Array(height * width);
  const at = (y: number, x: number): number =>
    pixels[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))] ?? 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [right, down] = [at(y, x + 1) - at(y, x - 1), at(y + 1, x) - at(y - 1, x)];
      magnitude[y * width + x] = Math.hypot(right, down);
      angle[y * width + x] = Math.atan2(down, right);
    }
  return { magnitude, angle };
}
