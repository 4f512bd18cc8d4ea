import type { CanvasShape } from '../../src/loop/canvas.js';
import { regularise } from '../../src/loop/regularise.js';
import { workspace } from '../../src/loop/workspace.js';
import type { Regulariser } from '../../src/regularisers/regulariser.js';

/** Numbers without structure, from −span to span. */
export const scattered = (shape: CanvasShape, span = 100, seed = 1): Float32Array =>
  Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, i) => span * Math.sin((i + 1) * (12.9898 + seed)));

interface Given {
  readonly gradient?: Float32Array;
  readonly step?: readonly number[];
}

/** What a regulariser makes of pictures, which stay as they are. */
export function applied(regulariser: Regulariser, values: Float32Array, shape: CanvasShape, given: Given = {}): Float32Array {
  const { gradient = new Float32Array(values.length), step = new Array<number>(shape[3]).fill(1) } = given;
  const data = values.slice();
  regularise({ shape, data }, { shape, data: gradient }, [regulariser], step, workspace());
  return data;
}
