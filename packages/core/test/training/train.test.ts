import '@tensorflow/tfjs';
import { decodeModelFile, train, trainingConfig } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { collect, MemoryServices, series, tinyConfig } from './tiny-training.js';

const always = { ...tinyConfig, saveSeconds: 1 };

describe('train', () => {
  it('learns: the loss falls and pictures it has not seen are told apart', async () => {
    const events = await collect({ ...tinyConfig, epochs: 25, learningRate: 0.1 }, new MemoryServices());
    const loss = series(events, 'loss');
    expect(loss[0]).toBeGreaterThan(0.5);
    expect(loss.at(-1)).toBeLessThan(0.25);
    expect(series(events, 'measured-accuracy').at(-1)).toBeGreaterThanOrEqual(0.9);
    expect(series(events, 'measured-top5').at(-1)).toBe(1);
  });

  it.each([['sgd'], ['adagrad'], ['adam']] as const)('lowers the loss with %s', async (kind) => {
    const events = await collect(
      { ...tinyConfig, optimizer: { kind }, epochs: 8, learningRate: 0.02, augmentation: {} },
      new MemoryServices(),
    );
    const loss = series(events, 'loss');
    expect(loss.at(-1)).toBeLessThan(0.9 * (loss[0] ?? 0));
  });

  it('keeps checkpoints at the chosen epochs and at the end, with all that is needed to use them', async () => {
    const services = new MemoryServices();
    const events = await collect({ ...tinyConfig, name: 'tiny', precision: 'float16' }, services);
    const files = events.flatMap((event) => (event.type === 'checkpoint' ? [event.file] : []));
    expect(files).toEqual(['epoch-01.safetensors', 'epoch-02.safetensors', 'epoch-04.safetensors']);
    expect([...services.checkpoints.keys()]).toEqual(files);
    const file = decodeModelFile(services.checkpoints.get('epoch-02.safetensors') ?? new Uint8Array(), 'checkpoint');
    expect(file.name).toBe('tiny@2');
    expect(file.labels).toEqual(['horizontal', 'vertical']);
    expect(file.input.preprocessing?.mean).toEqual([40]);
    expect(file.details).toMatchObject({ epoch: 2, measured: { pictures: 20 }, training: { batchSize: 8 } });
    expect(file.network.weights.get('conv/kernel')?.shape).toEqual([3, 3, 1, 3]);
    expect(file.state).toBeUndefined();
  });

  it('gives the same bytes every time, and others for another seed', async () => {
    const [first, second, other] = [new MemoryServices(), new MemoryServices(), new MemoryServices()];
    const events = await collect(tinyConfig, first);
    expect(await collect(tinyConfig, second)).toEqual(events);
    await collect({ ...tinyConfig, seed: 2 }, other);
    expect(second.checkpoints).toEqual(first.checkpoints);
    expect(other.checkpoints.get('epoch-04.safetensors')).not.toEqual(first.checkpoints.get('epoch-04.safetensors'));
  });

  it.each([['sgd'], ['adagrad'], ['adam']] as const)('ends with the same bytes after being killed at any point, with %s', async (kind) => {
    const config = { ...always, optimizer: { kind } };
    const whole = new MemoryServices();
    const events = await collect(config, whole);
    for (const kill of [2, 9, 23]) {
      const services = new MemoryServices();
      await collect(config, services, kill);
      const rest = await collect(config, services);
      expect(services.checkpoints).toEqual(whole.checkpoints);
      expect(series(rest, 'loss').at(-1)).toBe(series(events, 'loss').at(-1));
      expect(services.saved).toEqual(whole.saved);
    }
  });

  it('does nothing more once it is finished', async () => {
    const services = new MemoryServices();
    await collect(always, services);
    expect((await collect(always, services)).filter((event) => event.type === 'metric')).toEqual([]);
  });

  it('saves its state when it is aborted, and goes on from there', async () => {
    const services = new MemoryServices();
    const controller = new AbortController();
    const run = async (): Promise<void> => {
      for await (const event of train({ ...tinyConfig, saveSeconds: 1e6 }, Object.assign(services, { signal: controller.signal })))
        if (event.type === 'progress' && event.done >= 48) controller.abort();
    };
    const before = tf.memory().numTensors;
    await expect(run()).rejects.toThrow(/abort/i);
    expect(tf.memory().numTensors).toBe(before);
    expect(services.saves).toBe(1);
    const [resumed, whole] = [Object.assign(new MemoryServices(), { saved: services.saved }), new MemoryServices()];
    await collect(tinyConfig, resumed);
    await collect(tinyConfig, whole);
    expect(resumed.checkpoints.get('epoch-04.safetensors')).toEqual(whole.checkpoints.get('epoch-04.safetensors'));
  });

  it('leaves no tensors behind', async () => {
    const before = tf.memory().numTensors;
    await collect(tinyConfig, new MemoryServices());
    await collect(tinyConfig, new MemoryServices(), 3);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('draws its curves at the end', async () => {
    const events = await collect(tinyConfig, new MemoryServices());
    const names = events.flatMap((event) => (event.type === 'artifact' ? [event.artifact.name] : []));
    expect(names).toEqual(['loss', 'accuracy', 'learning-rate', 'history', 'checkpoints']);
  });

  it('reports speed and progress in pictures', async () => {
    const events = await collect(tinyConfig, new MemoryServices());
    const progress = events.filter((event) => event.type === 'progress');
    expect(progress.at(-1)).toMatchObject({
      done: 160,
      total: 160,
      label: expect.stringMatching(/^epoch 4\/4, loss \d\.\d{3}, \d+ images\/s$/),
    });
  });

  it('keeps filters within the radius when asked to', async () => {
    const services = new MemoryServices();
    await collect({ ...tinyConfig, renormalize: { radius: 0.1 } }, services);
    const weights = decodeModelFile(services.checkpoints.get('epoch-04.safetensors') ?? new Uint8Array(), 'checkpoint').network.weights;
    const kernel = weights.get('conv/kernel')?.data ?? new Float32Array();
    for (let f = 0; f < 3; f++) {
      const taps = kernel.filter((_, i) => i % 3 === f);
      expect(Math.sqrt(taps.reduce((sum, tap) => sum + tap * tap, 0) / taps.length)).toBeLessThanOrEqual(0.1 + 1e-6);
    }
  });
});

describe('wrong use', () => {
  const failing = (config: object, change: object = {}): Promise<unknown> =>
    collect({ ...tinyConfig, ...config }, Object.assign(new MemoryServices(), change));

  it('names every problem of a config', async () => {
    await expect(failing({ batchSize: 0, learningRte: 1 })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [FeaturescopeError: The training config is not valid:
        - "batchSize": given 0, expected a number of at least 1.
        - "learningRte" is not known. Did you mean "learningRate", "runtime" or "name"?]
    `);
  });

  it('refuses fewer pictures than a batch', async () => {
    await expect(failing({ batchSize: 64 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Training got 42 picture(s), fewer than one batch of 64. Give more pictures, or a batchSize of at most 42.]`,
    );
  });

  it('refuses a network with too few outputs', async () => {
    const training = { ...new MemoryServices().training, classes: ['a', 'b', 'c'] };
    await expect(failing({}, { training })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The network has 2 output(s), but the training pictures have 3 classes. Give the architecture the option classes: 3.]`,
    );
  });

  it('refuses the state of another training', async () => {
    const services = new MemoryServices();
    await collect(always, services, 6);
    await expect(failing({ learningRate: 0.5 }, { saved: services.saved })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The saved training state does not fit this config: the config, the network or the data has changed. Start again without --resume, or in another output folder.]`,
    );
  });

  it('stops when the loss is no longer a number', async () => {
    await expect(failing({ learningRate: 1e30, epochs: 50, schedule: { kind: 'constant' } })).rejects.toThrow(/Training diverged/);
  });
});

describe('trainingConfig', () => {
  it('describes every option', () => {
    for (const [name, option] of Object.entries(trainingConfig.shape)) expect(option.description, name).toBeTruthy();
  });
});
