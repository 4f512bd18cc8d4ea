/** One movement of the pen, from where it is put down to where it is lifted. */
export interface Stroke {
  /** Places in units of the canvas, x to the right and y down: as many x as y, at least one. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Milliseconds of each point, where they were recorded. They need neither begin at 0 nor rise everywhere. */
  readonly t?: Float64Array;
  /** Of a stroke made of curves or lines: indices of the points where one ends, the first and the last point included. */
  readonly knots?: readonly number[];
}

/** What was drawn: strokes in the order in which they were drawn, on a canvas that begins at (0, 0). */
export interface Drawing {
  readonly strokes: readonly Stroke[];
  readonly width: number;
  readonly height: number;
}

/** A rectangle in units of the canvas. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Length of the line through all points, or through those of given indices, in units of the canvas. */
export function strokeLength({ x, y }: Stroke, through?: readonly number[]): number {
  const count = through ? through.length : x.length;
  const at = (i: number): number => (through ? (through[i] ?? 0) : i);
  let length = 0;
  for (let i = 1; i < count; i++) {
    const [a, b] = [at(i - 1), at(i)];
    length += Math.hypot((x[b] ?? 0) - (x[a] ?? 0), (y[b] ?? 0) - (y[a] ?? 0));
  }
  return length;
}

/** The smallest rectangle around all points; undefined where there are none. */
export function boundsOf(strokes: readonly Stroke[]): Bounds | undefined {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x, y } of strokes)
    for (let i = 0; i < x.length; i++) {
      left = Math.min(left, x[i] ?? 0);
      right = Math.max(right, x[i] ?? 0);
      top = Math.min(top, y[i] ?? 0);
      bottom = Math.max(bottom, y[i] ?? 0);
    }
  return left <= right ? { left, top, right, bottom } : undefined;
}

/** The drawing with every point moved: (x, y) → place(x, y), on the same canvas. */
export function mapPoints(drawing: Drawing, place: (x: number, y: number) => readonly [x: number, y: number]): Drawing {
  return { ...drawing, strokes: drawing.strokes.map((stroke) => mapStroke(stroke, place)) };
}

/** The stroke with every point moved. */
export function mapStroke(stroke: Stroke, place: (x: number, y: number) => readonly [x: number, y: number]): Stroke {
  const x = new Float64Array(stroke.x.length);
  const y = new Float64Array(stroke.x.length);
  for (let i = 0; i < x.length; i++) [x[i], y[i]] = place(stroke.x[i] ?? 0, stroke.y[i] ?? 0);
  return { ...stroke, x, y };
}
