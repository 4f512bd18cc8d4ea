import '@tensorflow/tfjs';
import type { Model, Shape } from '@featurescope/core';
import { arrayInput } from '@featurescope/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deepModel, linearModel, wave } from './support/networks.js';
import { eventsOf, type Options, warningsOf } from './support/run.js';

const shape: Shape = [13, 17, 2];

describe('wrong use', () => {
  let model: Model;
  let passes = 0;
  beforeAll(async () => {
    const made = await deepModel(shape);
    const counted = <P extends unknown[], R>(pass: (...given: P) => R) => {
      return (...given: P): R => {
        passes++;
        return pass(...given);
      };
    };
    const { compiled } = made;
    model = {
      ...made,
      activations: counted(made.activations),
      compiled: { ...compiled, forward: counted(compiled.forward.bind(compiled)) } as Model['compiled'],
    };
  });
  afterAll(() => model.dispose());

  /** The message of what is wrong, of which a run tells before any pass. */
  async function messageOf(options: Options): Promise<string> {
    passes = 0;
    const array = arrayInput('small', [7, 9, 2], wave([7, 9, 2]));
    const message = await eventsOf(model, shape, wave(shape), options, { files: [array] }).then(
      () => 'nothing',
      (error: Error) => error.message,
    );
    expect(passes).toBe(0);
    return message;
  }

  it('is a window larger than the picture', async () => {
    expect(await messageOf({ window: [5, 18] })).toMatchInlineSnapshot(
      `"occlusion: a window of 5×18 does not fit into "array", which the network sees at 13×17 (height × width). Give a --window of at most that size."`,
    );
    expect(await messageOf({ windows: [3, 14] })).toContain('a window of 14×14 does not fit');
  });

  it.each([0, -4, 1.5])('is a stride of %s', async (stride) => {
    expect(await messageOf({ window: 4, stride })).toContain('"stride"');
  });

  it('is a class that does not exist', async () => {
    expect(await messageOf({ class: 5 })).toMatchInlineSnapshot(
      `"test has no class "5". A class is given by its label or by its index, 0 to 4."`,
    );
    expect(await messageOf({ class: 'zebra' })).toContain('has no class "zebra"');
  });

  it('is a map layer without extent or name', async () => {
    expect(await messageOf({ mapLayer: 'fc3' })).toMatchInlineSnapshot(
      `"occlusion: layer "fc3" (--map-layer) has a single position on this input, so there is no map whose activity could be summed. Name a layer with more than one, such as "pool1", "conv2" or "relu2"."`,
    );
    expect(await messageOf({ mapLayer: 'relu9' })).toContain('Did you mean');
  });

  it('is a unit or a position out of range', async () => {
    expect(await messageOf({ layer: 'relu1', unit: 5 })).toMatchInlineSnapshot(
      `"Layer "relu1" has no unit 5: expected a channel from 0 to 4."`,
    );
    expect(await messageOf({ layer: 'relu1', unit: 1, at: [0, 9] })).toMatchInlineSnapshot(
      `"Layer "relu1" has no position 0,9 on this input: expected a row from 0 to 6 and a column from 0 to 8."`,
    );
    expect(await messageOf({ class: 1, at: [1, 0] })).toContain('has no position 1,0');
  });

  it('is a score that contradicts the target, or lacks one', async () => {
    expect(await messageOf({ score: 'logit', layer: 'relu1' })).toMatchInlineSnapshot(
      `"occlusion: --score logit, which is of a class, cannot be combined with --layer; give one of them."`,
    );
    expect(await messageOf({ score: 'unit' })).toMatchInlineSnapshot(
      `"occlusion: --score unit needs --layer, and --unit for another than the strongest."`,
    );
    expect(await messageOf({ score: 'unit', layer: 'relu1', class: 2 })).toContain('--score unit cannot be combined with --class');
    expect(await messageOf({ score: 'activity', class: 2 })).toContain('--score activity cannot be combined with --class');
    expect(await messageOf({ score: 'activity', layer: 'relu1', at: [0, 0] })).toContain('cannot be combined with --at');
    expect(await messageOf({ score: 'activity', unit: 1 })).toContain('needs --layer');
    expect(await messageOf({ score: 'logit', of: 'probabilities' })).toContain('--of probabilities cannot be combined');
    expect(await messageOf({ unit: 1 })).toContain('needs a layer');
  });

  it('is a window given twice', async () => {
    expect(await messageOf({ window: 3, windows: [4] })).toMatchInlineSnapshot(
      `"occlusion: --window cannot be combined with --windows; give one of them."`,
    );
  });

  it('is a baseline that is not there, or an array of another size', async () => {
    expect(await messageOf({ baseline: 'blurr' })).toMatchInlineSnapshot(
      `"occlusion: --baseline was given "blurr"; expected a number in the network's input units, "mean", "blur" or "noise", or the path of a picture. Did you mean "blur"? There is no input "blurr". Expected the path of a picture or an array (.npy)."`,
    );
    expect(await messageOf({ baseline: 'small.npy' })).toMatchInlineSnapshot(
      `"occlusion: the array "small.npy" (--baseline) is 7×9, but "array" is 13×17 (height × width). An array is taken as it is: give one of that size, or a picture, which is scaled."`,
    );
  });
});

describe('options without effect', () => {
  it('are told', async () => {
    const model = await linearModel([4, 4, 1], [new Array(16).fill(1)]);
    const of = async (options: Options) => warningsOf(await eventsOf(model, [4, 4, 1], wave([4, 4, 1]), { stride: 2, ...options }));
    const found = await of({ blurSigma: 2, refineStep: 2, refineTolerance: 0.1, windows: [2, 2] });
    expect(found.slice(0, 4)).toMatchInlineSnapshot(`
      [
        "--blur-sigma has no effect without --baseline blur",
        "--refine-step has no effect without --refine",
        "--refine-tolerance has no effect without --refine",
        "--windows names a window more than once; each is studied once.",
      ]
    `);
    expect((await of({ baseline: 'blur', blurSigma: 2, refine: true, refineStep: 2, window: 2 })).join()).not.toContain('no effect');
    model.dispose();
  });
});
