import { describe, expect, it } from 'vitest';
import { blank } from '../../src/loop/canvas.js';
import { workspace } from '../../src/loop/workspace.js';

describe('a workspace', () => {
  it('takes turns between two canvases, neither of which is the one at hand', () => {
    const space = workspace();
    const start = blank([1, 2, 3, 1]);
    const first = space.next(start);
    const second = space.next(first);
    expect(new Set([start, first, second]).size).toBe(3);
    expect(space.next(second)).toBe(first);
    expect(space.next(first)).toBe(second);
  });

  it('has one canvas for a purpose and a shape', () => {
    const space = workspace();
    const tile = space.scratch('tile', [1, 4, 4, 3]);
    expect(space.scratch('tile', [1, 4, 4, 3])).toBe(tile);
    expect(space.scratch('gradient', [1, 4, 4, 3])).not.toBe(tile);
    expect(space.scratch('tile', [1, 4, 2, 3]).shape).toEqual([1, 4, 2, 3]);
  });
});
