import '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { buildVariant } from '../../src/ablation/network.js';
import { variantsOf } from '../../src/ablation/variants.js';
import { collect, lines, miniatureArchitecture } from './world.js';

/** What is said instead of a run. */
const refusal = (given: object, change: object = {}): Promise<unknown> =>
  collect(given, change).then(
    () => 'nothing',
    (error: unknown) => error,
  );

describe('what ablation refuses', () => {
  it('no data set', async () => {
    expect(await refusal({}, { dataset: undefined })).toMatchInlineSnapshot(
      `[FeaturescopeError: ablation: no data set was given. Expected labelled pictures by --dataset: a folder or archive with one folder per class, a .csv table of paths and labels, or a CIFAR .bin file.]`,
    );
  });

  it('pictures without classes', async () => {
    expect(await refusal({}, { dataset: { ...lines(4), labels: [] } })).toMatchInlineSnapshot(
      `[FeaturescopeError: ablation: the pictures of the data set lines have no classes. Expected labelled pictures: a folder or archive with one folder per class, a .csv table of paths and labels, or a CIFAR .bin file.]`,
    );
  });

  it('arrays', async () => {
    const item = async (i: number) =>
      ({ kind: 'array', name: String(i), label: 0, shape: [1, 1, 1], values: new Float32Array(1) }) as const;
    expect(await refusal({}, { dataset: { ...lines(4), item } })).toMatchInlineSnapshot(
      `[FeaturescopeError: ablation: the data set lines has no labelled pictures or drawings; arrays are not taken. Give a folder or .zip file with one folder per class.]`,
    );
  });

  it('too few pictures of a class', async () => {
    expect(await refusal({}, { dataset: lines(1) })).toMatchInlineSnapshot(
      `[FeaturescopeError: ablation: the class "flat" has 1 picture(s), but needs at least 2: some to learn from and some to measure on. Give more pictures, or leave the class out of the data set.]`,
    );
  });

  it('fewer pictures than a batch', async () => {
    expect(await refusal({ batchSize: 64 })).toMatchInlineSnapshot(
      `[FeaturescopeError: Training got 27 picture(s), fewer than one batch of 64. Give more pictures, or a batchSize of at most 27.]`,
    );
  });

  it('an unknown row', () =>
    expect(() => variantsOf({ architecture: 'zfnet', variants: ['-L5'] })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: ablation: "-L5" (--variants) is no row of the paper's table. Did you mean "-L7", "-L3,4" or "-L6,7"? The rows are base; -L3,4; -L7; -L6,7; -L3,4,6,7; 6,7=2048; 6,7=8192; maps 512-1024-512; both. Variants of one's own are written { name, options } in a config.]`,
    ));

  it('a row of another architecture', () =>
    expect(() => variantsOf({ architecture: 'miniature', variants: ['-L7'] })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: ablation: the row "-L7" (--variants) is one of zfnet and alexnet, not of miniature. Give variants as { name, options } in a config, with options that miniature has.]`,
    ));

  it('a name given twice', () =>
    expect(() => variantsOf({ architecture: 'zfnet', variants: ['-L3,4', 'L3+4'] })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: ablation: the variant "-L3,4" (--variants) was given twice. Expected each name once.]`,
    ));

  it('a wrong option of a variant, before any picture is read', async () => {
    const item = () => Promise.reject(new Error('read'));
    const wrong = refusal({ variants: [{ name: 'bad', options: { remove: [5] } }] }, { dataset: { ...lines(4), item } });
    await expect(wrong).resolves.toMatchObject({ code: 'test/options' });
  });

  it('an option of a variant that its architecture does not have', () => {
    const variant = { name: 'odd', architecture: 'miniature', options: { dropout: 0.1 } };
    const build = () =>
      buildVariant(
        { architecture: (_name, given) => miniatureArchitecture.create(given) },
        variant,
        { size: 8, width: 1, dropout: 0.3 },
        3,
      );
    expect(build).toThrow('dropout');
  });
});
