import '@tensorflow/tfjs';
import { defineVisualizer, type Image, type Shape } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CLASS_COLOURS, levelColours } from '../../src/occlusion/figure/colours.js';
import { classShares } from '../../src/occlusion/figure/legend.js';
import { shortNumber, wrapped } from '../../src/occlusion/figure/text.js';
import { nearestStart, outlined, shownMap, shownSize } from '../../src/occlusion/figure/view.js';
import { windowGrid } from '../../src/occlusion/windows.js';
import { deepModel, wave } from './support/networks.js';
import { artifactsOf, eventsOf, tensorOf, warningsOf } from './support/run.js';

const pixel = ({ data, width }: Image, y: number, x: number): number[] =>
  Array.from(data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3));

describe('a map at the size of its picture', () => {
  it('has at each pixel the window whose middle is nearest', () => {
    // Windows of 4 at 0, 3 and 6 of 10 pixels: middles 2, 5 and 8.
    expect(nearestStart([0, 3, 6], 4, 10, 10)).toEqual([0, 0, 0, 0, 1, 1, 1, 2, 2, 2]);
    expect(nearestStart([0], 4, 4, 8)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('keeps height and width apart', () => {
    const grid = windowGrid([40, 20], [20, 10], [20, 10]);
    const image = shownMap(grid, (position) => [position, 0, 0]);
    expect([image.height, image.width]).toEqual([240, 120]);
    expect([pixel(image, 0, 0)[0], pixel(image, 0, 119)[0], pixel(image, 239, 0)[0], pixel(image, 239, 119)[0]]).toEqual([0, 1, 2, 3]);
  });

  it('is small pictures enlarged and large ones scaled down', () => {
    expect([shownSize([32, 32]), shownSize([227, 300]), shownSize([1000, 500]), shownSize([1, 9000])]).toEqual([
      [224, 224],
      [227, 300],
      [336, 168],
      [1, 336],
    ]);
  });

  it('is neutral grey where it is constant, and from dark to light elsewhere', () => {
    expect(levelColours(Float32Array.of(3, 3))(0)).toEqual([128, 128, 128]);
    const colour = levelColours(Float32Array.of(0, 5, 10));
    const light = [0, 1, 2].map((i) => colour(i).reduce((sum, part) => sum + part, 0));
    expect(light).toEqual(light.toSorted((a, b) => a - b));
  });

  it('outlines a window to scale', () => {
    const image: Image = { width: 40, height: 20, channels: 3, data: new Uint8Array(2400).fill(90) };
    const { data } = outlined(image, { top: 2, left: 3, height: 5, width: 4 }, [10, 20]);
    const drawn = { ...image, data };
    expect([pixel(drawn, 4, 6)[0], pixel(drawn, 13, 13)[0], pixel(drawn, 5, 7)[0], pixel(drawn, 3, 6)[0], pixel(drawn, 8, 10)[0]]).toEqual([
      0, 0, 255, 90, 90,
    ]);
  });
});

describe('texts', () => {
  it('are wrapped at words, cut where there is no more room, and broken where a word is too long', () => {
    expect(wrapped('one two three', 56, 3)).toEqual(['one two', 'three']);
    expect(wrapped('one two three', 56, 1)).toEqual(['one t..']);
    expect(wrapped('abcdefghij kl', 32, 5)).toEqual(['abcd', 'efgh', 'ij', 'kl']);
  });

  it('have short numbers', () => {
    expect([0, 12.3456, -0.012345, 123456, 1e-5].map(shortNumber)).toEqual(['0', '12.3', '-0.0123', '1.2e+5', '1.0e-5']);
  });

  it('name the class of the whole picture first, then by frequency', () => {
    const shares = classShares(Float32Array.of(2, 2, 0, 1, 2, 0), 1, ['sky', 'cloud']);
    expect(shares.map(({ class: index, label, positions }) => [index, label, positions])).toEqual([
      [1, 'cloud', 1],
      [2, 'class 2', 3],
      [0, 'sky', 2],
    ]);
    expect(shares[0]?.colour).toBe(CLASS_COLOURS[0]);
    expect(classShares(Float32Array.of(4), 3, undefined).map(({ positions }) => positions)).toEqual([0, 1]);
  });
});

describe('the projection of the strongest map', () => {
  const shape: Shape = [13, 17, 2];
  const asked: object[] = [];
  const deconvnet = (values: Float32Array) =>
    defineVisualizer({
      name: 'deconvnet',
      summary: 'stands in',
      options: z.strictObject({
        layer: z.string().describe('layer'),
        unit: z.number().describe('unit'),
        signal: z.string().describe('signal'),
      }),
      async *run(_context, options) {
        asked.push(options);
        yield { type: 'artifact', artifact: { kind: 'tensor', name: 'attribution', shape, data: values } };
        throw new Error('it was not ended');
      },
    });

  it('is made by the visualizer of that name, on the map that is followed', async () => {
    const model = await deepModel(shape);
    const values = wave(shape).map((value) => value - 0.2);
    const events = await eventsOf(model, shape, wave(shape), { window: 5, mapLayer: 'relu1' }, { visualizers: [deconvnet(values)] });
    model.dispose();
    const { data, layer, unit } = tensorOf(events, 'projection');
    expect(data).toEqual(values);
    expect(asked).toEqual([{ layer, unit, signal: 'activation' }]);
    expect([layer, unit]).toEqual(['relu1', tensorOf(events, 'activity-map').unit]);
    expect(warningsOf(events)).toEqual([]);
    expect(
      artifactsOf(events)
        .filter(({ kind }) => kind === 'image')
        .map(({ name }) => name),
    ).toEqual(['input', 'projection', 'figure', 'attribution', 'score-map', 'activity-map', 'class-map']);
  });

  it('is left out with a warning where there is none', async () => {
    const model = await deepModel(shape);
    const events = await eventsOf(model, shape, wave(shape), { window: 5 });
    model.dispose();
    expect(warningsOf(events)).toMatchInlineSnapshot(`
      [
        "array: the projection of the strongest map is left out: there is no visualizer "deconvnet" in this run; its plugin is @featurescope/plugin-deconvnet.",
      ]
    `);
    expect(artifactsOf(events).map(({ name }) => name)).toContain('figure');
    expect(artifactsOf(events).map(({ name }) => name)).not.toContain('projection');
  });
});
