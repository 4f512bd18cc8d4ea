import '@tensorflow/tfjs';
import type { Model, RunContext, VisualizerEvent } from '@featurescope/core';
import { memoryState, tinyModel } from '@featurescope/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arraySet, type MemoryArray, randomArrays } from '../top-activations/support/data.js';
import { resultsOf, tableOf, warningsOf } from './support/results.js';
import { checkpoint, eventsOf, trainingContext } from './support/training.js';

let model: Model;
beforeAll(async () => {
  model = await tinyModel();
});
afterAll(() => model.dispose());

const arrays = randomArrays(20, [12, 10, 3]);
const GIVEN = { checkpoints: ['epoch-1', 'epoch-2', 'epoch-3'], layers: ['relu1', 'pool1'], sheetUnits: 2, batchSize: 1 };

/** A data set that counts what is read. */
function counted(items: readonly MemoryArray[]) {
  const set = arraySet(items);
  const reads = { count: 0 };
  const item = (i: number) => {
    reads.count++;
    return set.item(i);
  };
  return { dataset: { ...set, item }, reads };
}

const context = (change: Partial<RunContext>) => trainingContext(model, change).context;
const progressed = (steps: number) => (event: VisualizerEvent) => event.type === 'progress' && event.done >= steps;

describe('a run that is killed', () => {
  it.each([1, 17, 20, 21, 39, 59])('after %s pictures goes on to the same results', async (steps) => {
    const state = memoryState();
    const first = counted(arrays);
    await eventsOf(context({ dataset: first.dataset, state }), GIVEN, progressed(steps));
    const { dataset, reads } = counted(arrays);
    const events = await eventsOf(context({ dataset, state }), GIVEN);
    const whole = counted(arrays);
    expect(resultsOf(events)).toEqual(resultsOf(await eventsOf(context({ dataset: whole.dataset }), GIVEN)));
    expect(warningsOf(events)).toEqual([]);
    // Up to 16 batches of one picture are looked at again, and what is shown is projected again.
    if (steps > 16) expect(reads.count).toBeLessThanOrEqual(whole.reads.count - steps + 16);
  });

  it('takes from what was saved what is there no longer', async () => {
    const state = memoryState();
    const dataset = arraySet(arrays.slice(0, 6));
    const names = { now: ['epoch-1', 'epoch-2'] };
    const listModels = async () => names.now;
    const given = { ...GIVEN, checkpoints: ['folder'] };
    await eventsOf(context({ dataset, state, listModels }), given, progressed(12));
    names.now = ['epoch-2', 'epoch-3'];
    const events = await eventsOf(context({ dataset, state, listModels }), given);
    expect(warningsOf(events)).toEqual(['epoch-1 is there no longer: it is in the tables, but not in the pictures.']);
    expect(tableOf(events)).toEqual(tableOf(await eventsOf(context({ dataset }), GIVEN)));
  });

  it('looks again at a checkpoint whose weights are others', async () => {
    const state = memoryState();
    const dataset = arraySet(arrays.slice(0, 6));
    await eventsOf(context({ dataset, state }), GIVEN, progressed(12));
    const loadModel = async (source: string) => ({ ...(await checkpoint(source === 'epoch-2' ? 'epoch-7' : source)), name: source });
    const events = await eventsOf({ ...context({ dataset, state }), loadModel }, GIVEN);
    expect(warningsOf(events)).toEqual(['The weights of epoch-2 have changed since; it is looked at again.']);
    expect(tableOf(events)).toEqual(tableOf(await eventsOf({ ...context({ dataset }), loadModel }, GIVEN)));
  });

  it.each([
    ['is of 5 pictures, not 6', async () => undefined],
    ['cannot be read', async (state: ReturnType<typeof memoryState>) => state.save(new TextEncoder().encode('{"schemaVersion":9}'))],
  ])('starts anew when what was saved %s', async (reason, damage) => {
    const state = memoryState();
    await eventsOf(context({ dataset: arraySet(arrays.slice(0, 5)), state }), GIVEN, progressed(7));
    await damage(state);
    const dataset = arraySet(arrays.slice(0, 6));
    const events = await eventsOf(context({ dataset, state }), GIVEN);
    expect(warningsOf(events)).toEqual([`evolution starts anew, since what was saved ${reason}.`]);
    expect(resultsOf(events)).toEqual(resultsOf(await eventsOf(context({ dataset }), GIVEN)));
  });
});
