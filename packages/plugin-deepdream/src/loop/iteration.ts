import type { Box } from '@featurescope/core';
import { advance, type Memory } from './advance.js';
import { blank, type Canvas, crop, paste } from './canvas.js';
import type { Course, Moment, Phase } from './course.js';
import { regularise } from './regularise.js';
import type { StepRule } from './step-rules.js';

/** A picture, and what the step rule remembers of it. */
export interface State {
  readonly canvas: Canvas;
  readonly memory: Memory;
}

/** What one iteration came to. */
export interface Iterated extends State {
  /** Objective before the step: the sum over the phases. Not finite: the iteration was left there. */
  readonly value: number;
  readonly series: ReadonlyMap<string, number>;
  readonly notes: ReadonlyMap<string, number>;
  /** Whether a step was taken, so that `into` has been written to. */
  readonly stepped: boolean;
}

/**
 * All phases of one iteration, each followed by the regularisers that are due. The picture is made in `into`; that of `start` stays as it
 * is. Ends where the objective is not finite.
 */
export async function iterate(
  { rule, regularisers }: Pick<Course, 'rule' | 'regularisers'>,
  phases: readonly Phase[],
  start: State,
  into: Canvas,
  moment: Moment,
): Promise<Iterated> {
  const due = regularisers.filter(({ every }) => (moment.iteration + 1) % every === 0);
  let state: State = start;
  let stepped = false;
  let value = 0;
  const series = new Map<string, number>();
  const notes = new Map<string, number>();
  for (const [i, phase] of phases.entries()) {
    const random = phases.length > 1 ? moment.random.fork(i) : moment.random;
    const boxes = phase.boxes?.(random);
    const made = await (boxes
      ? visit(rule, phase, boxes, state, into, { ...moment, random })
      : take(rule, phase, state, into, { ...moment, random }));
    value += made.value;
    for (const [name, one] of made.series) series.set(name, one);
    for (const [name, one] of made.notes) notes.set(name, one);
    stepped ||= made.stepped;
    if (!Number.isFinite(value)) break;
    state = { canvas: into, memory: made.memory };
    regularise(into, made.gradient, due, phase.step, moment.space);
  }
  return { ...state, value, series, notes, stepped };
}

interface Made extends Omit<Iterated, 'canvas'> {
  readonly gradient: Canvas;
}

/** One step for the whole canvas; none where the objective is not finite. */
async function take(rule: StepRule, phase: Phase, { canvas, memory }: State, into: Canvas, moment: Moment): Promise<Made> {
  const { gradient, value, series, notes = new Map<string, number>() } = await phase.evaluate(canvas, moment);
  const stepped = Number.isFinite(value);
  const after = stepped ? advance(canvas, into, gradient, { rule, step: phase.step }, memory) : memory;
  return { memory: after, value, series, notes, gradient, stepped };
}

/** A step for each tile in turn, as the picture is after the tile before. The values are scaled to the area of the picture, which tiles that overlap exceed. */
async function visit(
  rule: StepRule,
  phase: Phase,
  boxes: readonly Box[],
  state: State,
  into: Canvas,
  { random, ...moment }: Moment,
): Promise<Made> {
  const { shape } = state.canvas;
  const { count } = state.memory;
  const moments = Array.from({ length: rule.moments }, (_, i) => state.memory.moments[i] ?? blank(shape));
  const gradient = moment.space.scratch('visited', shape);
  const area = boxes.reduce((sum, { height, width }) => sum + height * width, 0);
  const share = (shape[1] * shape[2]) / area;
  let value = 0;
  let { canvas } = state;
  const series = new Map<string, number>();
  for (const [i, box] of boxes.entries()) {
    const tile = crop(canvas, box);
    const part = { canvas: tile, memory: { moments: moments.map((moment) => crop(moment, box)), count } };
    const made = await take(rule, phase, part, tile, { ...moment, random: random.fork(i), box });
    value += made.value * share;
    for (const [name, one] of made.series) series.set(name, (series.get(name) ?? 0) + one * share);
    if (!made.stepped) break;
    paste(gradient, box, made.gradient);
    if (canvas !== into) into.data.set(canvas.data);
    canvas = into;
    paste(into, box, tile);
    for (const [m, moment] of moments.entries()) paste(moment, box, made.memory.moments[m] ?? tile);
  }
  const memory = { moments, count: count + 1 };
  return { memory, value, series, notes: new Map(), gradient, stepped: canvas === into };
}
