import { z } from 'zod';

export const classes = (number: number) => z.int().min(1).max(100_000).default(number).describe('Number of classes');

export const channels = (number: number) => z.int().min(1).max(1024).default(number).describe('Channels of the input');

export const inputSize = (side: number, smallest: number) =>
  z.int().min(smallest).max(4096).default(side).describe('Height and width of the input in pixels');

export const width = () => z.number().min(0.01).max(16).default(1).describe('Factor on the number of filters of every hidden layer');

/** A number of filters under a width factor, at least 1. */
export const scaled = (filters: number, factor: number): number => Math.max(1, Math.round(filters * factor));
