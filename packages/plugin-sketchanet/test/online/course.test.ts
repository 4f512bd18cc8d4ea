import '@tensorflow/tfjs';
import { drawingInput } from '@featurescope/core';
import { pictureInput, syntheticDrawing, syntheticPicture, testDrawings, testVisualizer } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { readDrawings } from '../../src/ensemble/readings.js';
import { probabilities } from '../../src/fusion/index.js';
import { leadingClasses } from '../../src/online/course.js';
import { onlineRecognition } from '../../src/online/online-recognition.js';
import { drawings, member, results } from './world.js';

testVisualizer(onlineRecognition, {
  describe,
  it,
  inputs: testDrawings().slice(0, 1),
  takesPictures: false,
  options: { ensemble: ['a', 'b'], steps: 3 },
});

const many = drawingInput('many', 'many.ndjson#1', syntheticDrawing('many', 4));

describe('online-recognition of a drawing', () => {
  it('has one picture for each step, and stays at the end', async () => {
    for (const [steps, count] of [
      [6, 6],
      ['strokes', 4],
    ] as const) {
      const { find } = await results({ steps, frameDelay: 800 }, { inputs: [many] });
      const frames = find('animation', 'course')?.frames ?? [];
      expect(frames).toHaveLength(count + 3);
      expect(new Set(frames.slice(0, count).map(({ data }) => data.join())).size).toBe(count);
      expect(new Set(frames.slice(count - 1)).size).toBe(1);
      expect(new Set(frames.map(({ width, height }) => `${width}×${height}`)).size).toBe(1);
    }
  });

  it('writes the five most likely classes, at the end those of the whole drawing', async () => {
    const { find } = await results({ steps: 3 }, { inputs: [many, drawingInput('one', 'many.ndjson#2', syntheticDrawing('one', 1))] });
    const table = find('table', 'course');
    expect(table?.columns).toEqual(['drawing', 'model', 'step', 'fraction', 'class', 'probability']);
    // Two drawings, two models, three steps, four classes.
    expect(table?.rows).toHaveLength(2 * 2 * 3 * 4);
    const model = await member('one');
    const { scores } = await readDrawings(model, [syntheticDrawing('many', 4)], 1, new AbortController().signal);
    model.dispose();
    const expected = [...probabilities(scores).data].sort((a, b) => b - a);
    const last = table?.rows.filter(([drawing, name, step]) => drawing === 'many' && name === 'network' && step === 3);
    expect(last?.map(([, , , fraction]) => fraction)).toEqual([1, 1, 1, 1]);
    last?.forEach(([, , , , , probability], i) => {
      expect(probability).toBeCloseTo(expected[i] ?? Number.NaN, 5);
    });
  });

  it('shows what was trained beside the networks', async () => {
    const { find, artifacts } = await results({ steps: 3, epochs: 1 }, { dataset: drawings(), inputs: [many] });
    expect(new Set(find('table', 'course')?.rows.map(([, model]) => model))).toEqual(new Set(['network', 'ensemble', 'gru', 'lstm']));
    expect(artifacts.flatMap(({ kind, name }) => (kind === 'plot' ? [name] : []))).toEqual([
      'online',
      'course-network',
      'course-ensemble',
      'course-gru',
      'course-lstm',
    ]);
  });

  it('says what has no effect without a data set', async () => {
    const { warnings } = await results({ epochs: 7, hidden: 5 }, { inputs: [many] });
    expect(warnings).toEqual(['no effect without --dataset: --hidden, --epochs, --batch-size.']);
  });

  it('takes drawings only', async () => {
    await expect(results({}, { inputs: [pictureInput('photo', syntheticPicture(1, [9, 9]))] })).rejects.toThrow(/is no drawing/);
  });
});

describe('leadingClasses', () => {
  it('are those that win at some step, the last ones first', () => {
    const rows = { columns: 3, data: Float64Array.of(0.5, 0.3, 0.2, 0.1, 0.2, 0.7, 0.6, 0.3, 0.1) };
    expect(leadingClasses([{ model: 'network', probabilities: rows }])).toEqual([0, 2]);
  });
});
