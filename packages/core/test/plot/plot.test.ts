import { describe, expect, it } from 'vitest';
import { barPlot, linePlot, scatterPlot } from '../../src/index.js';

const labels = { title: 'Objective', xLabel: 'iteration', yLabel: '‖a‖²' };

describe('plots', () => {
  it('are plain JSON with their data inside, gaps for what is not finite', () => {
    const plot = linePlot({
      ...labels,
      series: [
        {
          name: 'l2',
          points: [
            [0, 1],
            [1, Number.NaN],
            [2, Number.POSITIVE_INFINITY],
          ],
        },
      ],
    });
    expect(JSON.parse(JSON.stringify(plot))).toEqual(plot);
    expect(plot['data']).toEqual({
      values: [
        { x: 0, y: 1, series: 'l2' },
        { x: 1, y: null, series: 'l2' },
        { x: 2, y: null, series: 'l2' },
      ],
    });
    expect(plot).toMatchObject({
      title: { text: 'Objective' },
      encoding: { x: { title: 'iteration' }, y: { title: '‖a‖²' }, color: { legend: null } },
    });
  });

  it('leave out what a logarithmic axis cannot show', () => {
    const plot = linePlot({
      ...labels,
      logY: true,
      series: [
        {
          name: 'a',
          points: [
            [0, 0],
            [1, 10],
          ],
        },
        { name: 'b', points: [[0, 1]] },
      ],
    });
    expect(plot).toMatchObject({ encoding: { y: { scale: { type: 'log' } } } });
    expect((plot['data'] as { values: { y: number | null }[] }).values.map(({ y }) => y)).toEqual([null, 10, 1]);
    expect(JSON.stringify(plot)).not.toContain('"legend":null');
  });

  it('draw points and bars', () => {
    expect(scatterPlot({ ...labels, series: [] })).toMatchObject({ mark: { type: 'point' } });
    expect(barPlot({ ...labels, bars: [{ label: 'cat', value: 0.5 }] })).toMatchObject({
      mark: { type: 'bar' },
      data: { values: [{ label: 'cat', value: 0.5 }] },
    });
  });
});
