import type { Extent } from '../network/layer.js';
import type { Drawing, Stroke } from './drawing.js';

/** Where the canvas of a drawing lies on a grid of pixels: pixel = canvas · scale + (left, top). */
export interface Placement {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** The whole canvas in the middle of a picture of a size, as large as it fits, without distortion. */
export function placementIn(canvas: Pick<Drawing, 'width' | 'height'>, [height, width]: Extent): Placement {
  const scale = Math.min(width / canvas.width, height / canvas.height);
  return { scale, left: (width - canvas.width * scale) / 2, top: (height - canvas.height * scale) / 2 };
}

/**
 * The drawing as a picture [H, W] with ink 1 on 0, anti-aliased, drawn by a round pen of a width in pixels. What leaves the
 * picture is cut off.
 */
export function rasterise(
  drawing: Drawing,
  size: Extent,
  penWidth: number,
  placement: Placement = placementIn(drawing, size),
): Float32Array {
  const plane = new Float32Array(size[0] * size[1]);
  for (const stroke of drawing.strokes) drawStroke(plane, size, stroke, placement, penWidth);
  return plane;
}

/** Draws a stroke into a picture [H, W]; each pixel keeps the larger of the ink it has and the ink it gets. */
export function drawStroke(plane: Float32Array, size: Extent, { x, y }: Stroke, { scale, left, top }: Placement, penWidth: number): void {
  const radius = penWidth / 2;
  let [ax, ay] = [(x[0] ?? 0) * scale + left, (y[0] ?? 0) * scale + top];
  if (x.length === 1) drawSegment(plane, size, ax, ay, ax, ay, radius);
  for (let i = 1; i < x.length; i++) {
    const [bx, by] = [(x[i] ?? 0) * scale + left, (y[i] ?? 0) * scale + top];
    drawSegment(plane, size, ax, ay, bx, by, radius);
    [ax, ay] = [bx, by];
  }
}

/**
 * A line with round ends. The ink of a pixel at a distance d from it is the part of a pixel's width [d − ½, d + ½] that lies in the
 * pen's [−radius, radius]: exact for lines along the grid, also for pens thinner than a pixel.
 */
function drawSegment(plane: Float32Array, [height, width]: Extent, ax: number, ay: number, bx: number, by: number, radius: number): void {
  const reach = radius + 0.5;
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const inverse = squared > 0 ? 1 / squared : 0;
  const firstRow = Math.max(0, Math.ceil(Math.min(ay, by) - reach - 0.5));
  const lastRow = Math.min(height - 1, Math.floor(Math.max(ay, by) + reach - 0.5));
  for (let row = firstRow; row <= lastRow; row++) {
    const py = row + 0.5 - ay;
    // Only the part of the line whose rows lie within reach can ink this row, and no pixel farther than reach beside it.
    let [from, to] = [0, 1];
    if (dy !== 0) {
      const [one, other] = [(py - reach) / dy, (py + reach) / dy];
      from = Math.min(1, Math.max(0, Math.min(one, other)));
      to = Math.min(1, Math.max(0, Math.max(one, other)));
    }
    const [startX, endX] = [ax + from * dx, ax + to * dx];
    const first = Math.max(0, Math.ceil(Math.min(startX, endX) - reach - 0.5));
    const last = Math.min(width - 1, Math.floor(Math.max(startX, endX) + reach - 0.5));
    for (let column = first, at = row * width + first; column <= last; column++, at++) {
      const px = column + 0.5 - ax;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) * inverse));
      const [offX, offY] = [px - along * dx, py - along * dy];
      const distance = Math.sqrt(offX * offX + offY * offY);
      if (distance >= reach) continue;
      const ink = Math.min(radius, distance + 0.5) - Math.max(-radius, distance - 0.5);
      if (ink > (plane[at] ?? 1)) plane[at] = ink;
    }
  }
}
