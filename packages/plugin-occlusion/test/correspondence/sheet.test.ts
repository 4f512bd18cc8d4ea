import { flatPicture } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { partsSheet } from '../../src/correspondence/sheet.js';

describe('the sheet', () => {
  it('has the parts framed, each in its colour, and nothing of what is inside changed', () => {
    const image = flatPicture([160, 160], 200);
    const boxes = new Map([['eye', { top: 40, left: 30, height: 20, width: 50 }]]);
    const sheet = partsSheet(
      [
        { name: 'a', image, boxes },
        { name: 'b', image, boxes: new Map() },
      ],
      ['nose', 'eye'],
    );
    const at = (y: number, x: number) => [...sheet.data.subarray(((y + 6) * sheet.width + x + 6) * 3).subarray(0, 3)];
    const orange = [230, 159, 0];
    for (const place of [
      [40, 30],
      [41, 79],
      [59, 30],
      [58, 78],
      [50, 31],
    ] as const)
      expect(at(place[0], place[1])).toEqual(orange);
    for (const place of [
      [42, 32],
      [57, 77],
      [60, 79],
      [50, 29],
    ] as const)
      expect(at(place[0], place[1])).toEqual([200, 200, 200]);
    expect(at(33, 31)).toEqual(orange);
    expect([...image.data].every((value) => value === 200)).toBe(true);
  });
});
