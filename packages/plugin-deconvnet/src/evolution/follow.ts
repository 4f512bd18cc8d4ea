import type { Model, VisualizerEvent } from '@featurescope/core';
import { noCheckpoints } from './errors.js';
import { progress } from './progress.js';
import { artifactsOf } from './results.js';
import { listSources } from './sources.js';
import { type Plan, study } from './study.js';

/** How often a checkpoint of a running training is tried that cannot be read: it may be being written. */
const TRIES = 5;

/** Looks at all checkpoints one after the other, and, when watching, waits for further ones; hands over the results each time none is left. */
export async function* follow(plan: Plan, patterns: readonly string[]): AsyncGenerator<VisualizerEvent> {
  const { context, options, course } = plan;
  const watching = options.watch || options.watchUntil !== undefined;
  const most = options.watchUntil ?? Number.POSITIVE_INFINITY;
  const failures = watching ? new Map<string, number>() : undefined;
  let written = false;
  for (;;) {
    const { sources, empty } = await listSources(patterns, context);
    if (!watching && empty[0] !== undefined) throw noCheckpoints(empty[0]);
    course.list(sources);
    if (yield* caughtUp(plan, most, failures)) {
      for (const artifact of artifactsOf(course, options)) {
        context.signal.throwIfAborted();
        yield { type: 'artifact', artifact, ...(written && { replaces: true }) };
      }
      written = true;
    }
    if (!watching || course.seen.length >= most) return;
    yield progress(plan, 0, 'waiting for checkpoints');
    await context.clock.wait(1000 * options.watchInterval, context.signal);
  }
}

/** Looks at what has not been looked at. @returns whether there was anything; later ones are left when one cannot be read yet */
async function* caughtUp(plan: Plan, most: number, failures: Map<string, number> | undefined): AsyncGenerator<VisualizerEvent, boolean> {
  const { course, context } = plan;
  const before = course.seen.length;
  for (const source of course.pending.slice(0, Math.max(most - before, 0))) {
    context.signal.throwIfAborted();
    const gone = course.gone(source);
    if (gone) {
      course.finish(source, new Map());
      yield { type: 'warning', message: `${gone.name} is there no longer: it is in the tables, but not in the pictures.` };
      continue;
    }
    const model = yield* opened(plan, source, failures);
    if (!model) break;
    try {
      yield* study(plan, source, model);
    } finally {
      model.dispose();
    }
  }
  return course.seen.length > before;
}

/** The model of a checkpoint; undefined when it cannot be read yet. */
async function* opened(
  { context }: Plan,
  source: string,
  failures: Map<string, number> | undefined,
): AsyncGenerator<VisualizerEvent, Model | undefined> {
  try {
    return await context.loadModel(source);
  } catch (error) {
    const count = (failures?.get(source) ?? 0) + 1;
    if (!failures || count >= TRIES) throw error;
    failures.set(source, count);
    const reason = error instanceof Error ? error.message : String(error);
    yield { type: 'warning', message: `${source} cannot be read yet and is tried again: ${reason}` };
    return undefined;
  }
}
