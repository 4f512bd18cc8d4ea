import type { Model, RunContext, VisualizerEvent } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { pictureOf } from '../attribution/attribution-visualizer.js';
import { modelFor } from '../attribution/model-for.js';
import type { Cell, Filled, Seen } from './cell.js';
import type { Method } from './methods.js';
import type { CompareOptions } from './options.js';
import type { Page, Place } from './plan.js';
import { runOn } from './run-on.js';
import { ignoresInput, optionsFor, type Subject, subjectOf } from './subject.js';

/** What all pages share. */
export interface Work {
  readonly context: RunContext;
  readonly methods: readonly Method[];
  readonly options: CompareOptions;
  /** What is made without an input, by what was asked for: the same at every place. */
  readonly made: Map<string, Cell['result']>;
}

/** Runs all methods at all places of a page, and tells of each cell. A method that fails leaves a cell that says so, and a warning. */
export async function* fill(work: Work, page: Page, progress: (label: string) => VisualizerEvent): AsyncGenerator<VisualizerEvent, Filled> {
  const { context, methods, options } = work;
  const cells: Cell[] = [];
  const seen: Seen[] = [];
  for (const place of page.places) {
    context.signal.throwIfAborted();
    const picture = await place.input.tensor(place.model.input);
    try {
      const model = await modelFor(place.model, picture);
      seen.push({ place, picture: await pictureOf(picture, model.input) });
      const subject = await subjectOf(model, picture, options, place.layer);
      for (const method of methods) {
        const warnings = new Set<string>();
        const result = await resultOf(work, method, { place, model, picture, subject }, (text) => warnings.add(text));
        if (result.kind === 'failed') warnings.add(messageOf(result.error));
        if (result.kind === 'attribution' && result.values.every((value) => value === 0)) warnings.add('its attribution is 0 everywhere.');
        const where = `${method.name} on ${nameOf(place)}`;
        for (const text of warnings) yield { type: 'warning', message: `${where}: ${text}` };
        cells.push({ method, place, subject, result });
        yield progress(where);
      }
    } finally {
      picture.dispose();
    }
  }
  return { cells, seen };
}

interface Question {
  readonly place: Place;
  readonly model: Model;
  readonly picture: Tensor4D;
  readonly subject: Subject;
}

async function resultOf(
  { context, made }: Work,
  { name, factory, visualizer, options }: Method,
  { place, model, picture, subject }: Question,
  warn: (text: string) => void,
): Promise<Cell['result']> {
  context.signal.throwIfAborted();
  const target = optionsFor(visualizer, subject);
  const isFree = ignoresInput(visualizer, target);
  const key = JSON.stringify([name, context.models.indexOf(place.model), target]);
  const before = isFree ? made.get(key) : undefined;
  if (before) return before;
  const ask = async (): Promise<Cell['result']> =>
    runOn(context, factory({ ...target, ...options }), { model, warn, ...(isFree ? { call: key } : { call: nameOf(place), picture }) });
  const result = await ask().catch((error: unknown): Cell['result'] => {
    context.signal.throwIfAborted();
    return { kind: 'failed', error };
  });
  if (isFree) made.set(key, result);
  return result;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const nameOf = ({ input, model, layer }: Place): string => `${input.name}, ${layer ?? model.name}`;
