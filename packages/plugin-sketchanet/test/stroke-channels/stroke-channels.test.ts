import '@tensorflow/tfjs';
import { atResolution, drawingInput, rasterise } from '@featurescope/core';
import { pictureInput, syntheticDrawing, syntheticPicture } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { strokeChannels } from '../../src/index.js';
import { gathered } from '../run.js';
import { sketch, stroke } from '../support.js';

const many = syntheticDrawing('channels', 7);
const input = drawingInput('many', 'many.ndjson#1', many);

describe('stroke-channels', () => {
  it('has the defaults that scripts rely on', async () => {
    const { find } = await gathered(strokeChannels(), [input]);
    const channels = find('tensor', 'channels');
    expect(channels?.shape).toEqual([225, 225, 6]);
    const whole = rasterise(many, [225, 225], 225 / 128);
    expect(channels?.data.filter((_, i) => i % 6 === 5)).toEqual(whole);
    expect(channels?.data.some((ink) => ink === 1)).toBe(true);
    expect(channels?.data[0]).toBe(0);
  });

  it.each([1, 2, 4, 5])('makes channels of %i parts', async (parts) => {
    const { find } = await gathered(strokeChannels({ parts, size: 20 }), [input]);
    expect(find('tensor', 'channels')?.shape).toEqual([20, 20, (parts * (parts + 1)) / 2]);
  });

  it('deals strokes out as asked', async () => {
    const drawing = sketch(...[10, 20, 30, 700].map((length, i) => stroke([20, 200 * i + 50], [20 + length, 200 * i + 50])));
    const part = async (split: 'even' | 'outline') => {
      const { find } = await gathered(strokeChannels({ parts: 2, size: 80, penWidth: 2, split }), [drawingInput('rows', 'rows', drawing)]);
      const data = find('tensor', 'channels')?.data ?? new Float32Array();
      return [0, 1, 2, 3].map((row) => data[((20 * row + 5) * 80 + 2) * 3]);
    };
    expect(await part('even')).toEqual([1, 1, 0, 0]);
    expect(await part('outline')).toEqual([1, 0, 0, 1]);
  });

  it('shows the scales that are asked for', async () => {
    const { find } = await gathered(strokeChannels({ size: 64, penWidth: 2, scales: [64, 32, 16] }), [input]);
    const scales = find('tensor', 'scales');
    expect(scales?.shape).toEqual([64, 64, 3]);
    const whole = rasterise(many, [64, 64], 2);
    [64, 32, 16].forEach((resolution, c) => {
      expect(scales?.data.filter((_, i) => i % 3 === c)).toEqual(atResolution(whole, [64, 64], resolution));
    });
    expect(find('image', 'scales')).toBeDefined();
    expect((await gathered(strokeChannels({ size: 20 }), [input])).find('tensor', 'scales')).toBeUndefined();
  });

  it('colours the strokes from indigo to red', async () => {
    const rows = sketch(stroke([100, 200], [700, 200]), stroke([100, 600], [700, 600]));
    const image = (await gathered(strokeChannels({ size: 480, penWidth: 6, parts: 1 }), [drawingInput('rows', 'rows', rows)])).find(
      'image',
      'strokes',
    )?.image;
    const at = (y: number) => [...(image?.data.subarray((y * 480 + 240) * 3, (y * 480 + 241) * 3) ?? [])];
    expect(at(120)).toEqual([68, 20, 120]);
    expect(at(360)).toEqual([205, 30, 40]);
    expect(at(240)).toEqual([255, 255, 255]);
  });

  it('says what has no effect', async () => {
    const one = drawingInput('one', 'one', syntheticDrawing('one', 1));
    expect((await gathered(strokeChannels({ size: 20 }), [one])).warnings).toEqual([
      'stroke-channels: one has 1 stroke, so that parts 1, 2 of 3 are empty.',
    ]);
    expect((await gathered(strokeChannels({ size: 20, parts: 1, split: 'outline', scales: [30, 10] }), [one])).warnings).toEqual([
      'stroke-channels: --split outline has no effect on a single part.',
      'stroke-channels: the drawing has no more than --size 20 pixels to show at a resolution of 30.',
    ]);
  });

  it('refuses a picture', async () => {
    await expect(
      gathered(strokeChannels(), [pictureInput('photo', syntheticPicture(1, [9, 9]))]),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: stroke-channels: "photo.png" is no drawing. Expected strokes: an .svg made of stroked paths, an .ndjson file of Quick, Draw!, or one of its lines such as "cat.ndjson#12".]`,
    );
  });
});
