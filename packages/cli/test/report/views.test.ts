import type { RunEvent } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { renderBars } from '../../src/report/bars.js';
import { duration, rate } from '../../src/report/format.js';
import { afterEvent, rateOf, type VisualizerState } from '../../src/report/state.js';
import { createView, viewLogger } from '../../src/report/view.js';
import { capturedIo } from '../support/captured-io.js';

const at = (seconds: number): string => new Date(1_700_000_000_000 + seconds * 1000).toISOString();
const dream = { visualizer: 'dream', index: 0 };
const gradient = { visualizer: 'gradient', index: 1 };
const image = { width: 2, height: 1, channels: 3, data: new Uint8Array(6) } as const;

const events: readonly RunEvent[] = [
  { time: at(0), type: 'run-started', out: 'out', visualizers: ['dream', 'gradient'] },
  { time: at(0), ...dream, type: 'visualizer-started' },
  { time: at(1), ...dream, type: 'progress', done: 1, total: 4, label: 'octave 1' },
  { time: at(2), ...dream, type: 'metric', series: 'objective', step: 0, value: 3 },
  { time: at(2), ...dream, type: 'frame', step: 0, image },
  { time: at(3), ...dream, type: 'progress', done: 2, total: 4, label: 'octave 2' },
  { time: at(4), ...dream, type: 'warning', message: 'small picture' },
  { time: at(5), ...dream, type: 'artifact', artifact: { name: 'image', kind: 'image', path: '01-dream/image.png' } },
  { time: at(6), ...dream, type: 'visualizer-finished', status: 'done', durationMs: 6000 },
  { time: at(6), ...gradient, type: 'visualizer-started' },
  { time: at(7), ...gradient, type: 'visualizer-finished', status: 'failed', durationMs: 1000, error: 'no such layer' },
  { time: at(7), type: 'run-finished', status: 'failed', failed: 1 },
];

const statesAfter = (n: number): readonly VisualizerState[] => events.slice(0, n).reduce<readonly VisualizerState[]>(afterEvent, []);

describe('bars', () => {
  it('show progress, rate and time to go', () => {
    expect(renderBars(statesAfter(6), 100, false)).toMatchInlineSnapshot(`
      "› dream     ████████████░░░░░░░░░░░░  50 %  2/4  1.5 s each  ETA 3.0 s  octave 2
        gradient  waiting"
    `);
  });
  it('show outcomes', () => {
    expect(renderBars(statesAfter(12), 100, false)).toMatchInlineSnapshot(`
      "✔ dream     1 result in 6.0 s
      ✖ gradient  failed after 1.0 s"
    `);
  });
  it('fit the terminal', () => {
    for (const line of renderBars(statesAfter(6), 40, false).split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });
  it('colour only when asked to', () => {
    expect(renderBars(statesAfter(12), 100, true)).toContain('\u001b[');
    expect(renderBars(statesAfter(12), 100, false)).not.toContain('\u001b[');
  });
  it('measure the rate from the first step seen, so that a resumed run does not look fast', () => {
    const resumed = [
      events[0],
      events[1],
      { time: at(100), ...dream, type: 'progress', done: 901, total: 1000 },
      { time: at(110), ...dream, type: 'progress', done: 910, total: 1000 },
    ] as readonly RunEvent[];
    const [state] = resumed.reduce<readonly VisualizerState[]>(afterEvent, []);
    expect(state && rateOf(state)).toBeCloseTo(0.9, 5);
  });
  it('on a terminal are drawn to stderr with warnings above them', () => {
    const io = capturedIo('/', { isTTY: true, env: { NO_COLOR: '1' } });
    const view = createView(io, {});
    for (const event of events) view.onEvent(event);
    view.close();
    expect(io.out()).toBe('');
    expect(io.err()).toContain('warning: dream: small picture\n');
    expect(io.err()).toContain('✔ dream     1 result in 6.0 s');
  });
});

describe('lines', () => {
  it('name the visualizer of a warning once', () => {
    const io = capturedIo('/');
    const view = createView(io, {});
    view.onEvent({ time: at(4), ...dream, type: 'warning', message: 'dream: small picture' });
    view.close();
    expect(io.err()).toBe('warning: dream: small picture\n');
  });

  it('are plain, on stdout, with warnings on stderr', () => {
    const io = capturedIo('/');
    const view = createView(io, {});
    for (const event of events) view.onEvent(event);
    view.close();
    expect(io.err()).toBe('warning: dream: small picture\n');
    expect(io.out()).toMatchInlineSnapshot(`
      "dream: started
      dream: 20 % (1/4, 1.0/s, ETA 3.0 s) octave 1
      dream: 50 % (2/4, 1.5 s each, ETA 3.0 s) octave 2
      dream: 1 result in 6.0 s
      gradient: started
      gradient: failed after 1.0 s
      "
    `);
  });
});

describe('--json', () => {
  it('prints every event, without pixels, and nothing else', () => {
    const io = capturedIo('/', { isTTY: true });
    const view = createView(io, { json: true });
    for (const event of events) view.onEvent(event);
    viewLogger(view, {}).warn('careful');
    view.close();
    const lines = io
      .out()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as RunEvent);
    expect(lines).toHaveLength(events.length);
    expect(lines[1]).toEqual(events[1]);
    expect(lines[4]).toEqual({ time: at(2), ...dream, type: 'frame', step: 0, image: { width: 2, height: 1, channels: 3 } });
    expect(io.err()).toBe('warning: careful\n');
  });
});

describe('--quiet', () => {
  it('prints nothing', () => {
    const io = capturedIo('/');
    const view = createView(io, { quiet: true });
    for (const event of events) view.onEvent(event);
    viewLogger(view, { quiet: true }).warn('careful');
    view.close();
    expect(io.out() + io.err()).toBe('');
  });
});

describe('numbers', () => {
  it.each([
    [0.04, '0.0 s'],
    [9.94, '9.9 s'],
    [9.96, '10 s'],
    [59.4, '59 s'],
    [60, '1 min 00 s'],
    [3599.9, '1 h 00 min'],
    [7800, '2 h 10 min'],
  ])('%d s are %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
  it.each([
    [250.4, '250/s'],
    [3.21, '3.2/s'],
    [0.5, '2.0 s each'],
  ])('%d a second are %s', (perSecond, text) => {
    expect(rate(perSecond)).toBe(text);
  });
});
