import '@tensorflow/tfjs';
import type { Logger } from '@featurescope/core';
import { fileInputLoader, sharpCodec } from '@featurescope/node';
import { createOnnxExecutor } from '@featurescope/runtime';
import { FileModelLoader, type LocateOptions } from '../../src/index.js';

const executor = createOnnxExecutor();

/** A log that keeps its lines. */
export const memoryLog = (): Logger & { readonly lines: string[] } => {
  const lines: string[] = [];
  const add = (message: string) => void lines.push(message);
  return { lines, info: add, warn: add, debug: add };
};

export const modelLoader = (options: LocateOptions = {}, log: Logger = memoryLog()): FileModelLoader =>
  new FileModelLoader({ create: async () => executor }, log, options);

export const inputLoader = fileInputLoader(sharpCodec);
