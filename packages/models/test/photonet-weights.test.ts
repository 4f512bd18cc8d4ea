import '@tensorflow/tfjs';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  classifierHead,
  decodeModelFile,
  decodeSafetensors,
  type ModelFile,
  measureAccuracy,
  pictureExamples,
  type TrainingImages,
} from '@featurescope/core';
import { loadLabelledImages, splitByNumber } from '@featurescope/node';
import { createOnnxExecutor } from '@featurescope/runtime';
import { describe, expect, it } from 'vitest';
import config from '../training/photonet.config.js';

const FOLDER = join(import.meta.dirname, '../weights/photonet');
const DATA = join(process.env.FEATURESCOPE_DATA ?? join(import.meta.dirname, '../../../../shared/data'), 'cifar10-jpg-20k');
const EPOCHS = [1, 2, 5, 10, 20, 30, 40, 64];

const fileOf = (epoch: number): string => `epoch-${String(epoch).padStart(2, '0')}.safetensors`;
const read = (epoch: number): Promise<Uint8Array> => readFile(join(FOLDER, fileOf(epoch)));
const load = async (epoch: number): Promise<ModelFile> => decodeModelFile(await read(epoch), fileOf(epoch));

const examplesOf = (images: TrainingImages, { input, name }: ModelFile) => {
  if (!input.preprocessing) throw new Error(`${name} has no preprocessing`);
  return pictureExamples(images, input.preprocessing);
};

describe('the bundled photonet', () => {
  it('has the eight checkpoints, in 12 MB together', async () => {
    const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.safetensors')).sort();
    expect(files).toEqual(EPOCHS.map(fileOf));
    const sizes = await Promise.all(EPOCHS.map(async (epoch) => (await read(epoch)).length));
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(12e6);
  });

  it('has at most 1.5 million parameters, in half precision', async () => {
    const bytes = await read(64);
    const { tensors } = decodeSafetensors(bytes, 'photonet');
    const parameters = [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
    expect(parameters).toBe(581_018);
    expect(bytes.length).toBeLessThan(2 * parameters + 10_000);
  });

  it.each(EPOCHS)('says how checkpoint %i was made, as the config has it', async (epoch) => {
    const { name, labels, input, details } = await load(epoch);
    expect(name).toBe(`photonet@${epoch}`);
    expect(labels).toEqual(config.data.classes);
    expect(input).toMatchObject({ size: [32, 32], channels: 3, fixedSize: false, preprocessing: config.preprocessing });
    const { batchSize, learningRate, augmentation, optimizer, schedule, seed } = config;
    expect(details).toMatchObject({ epoch, training: { batchSize, learningRate, augmentation, optimizer, schedule, seed, epochs: 64 } });
  });

  it('names at least three pictures of four rightly, as measured', async () => {
    const { checkpoints } = JSON.parse(await readFile(join(FOLDER, 'accuracy.json'), 'utf8'));
    expect(checkpoints.map(({ epoch }: { epoch: number }) => epoch)).toEqual(EPOCHS);
    expect(checkpoints.at(-1).top1).toBeGreaterThanOrEqual(0.75);
  });

  it('reaches the recorded accuracy on pictures it was not trained on', async ({ skip }) => {
    if (!existsSync(DATA)) skip(`no pictures in ${DATA}: set FEATURESCOPE_DATA`);
    const file = await load(64);
    const all = await loadLabelledImages([join(DATA, 'cifar10-test-10000-jpg.zip')], { size: 32, classes: file.labels ?? [] });
    const { measuring } = splitByNumber(all, { folder: 'test', from: 800, to: 999 });
    const compiled = await createOnnxExecutor().compile(file.network);
    const { top1, pictures } = await measureAccuracy(compiled, classifierHead(file.network).logits, examplesOf(measuring, file));
    compiled.dispose();
    const { checkpoints } = JSON.parse(await readFile(join(FOLDER, 'accuracy.json'), 'utf8'));
    expect(pictures).toBe(2000);
    expect(Math.abs(top1 - checkpoints.at(-1).top1)).toBeLessThanOrEqual(0.002);
  });
});
