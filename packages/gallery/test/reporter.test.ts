import type { ArtifactStore, RunEvent, StoredArtifact } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { galleryReporter } from '../src/index.js';
import { manifestWith, runOf } from './manifest.js';

const artifact: StoredArtifact = { name: 'top', kind: 'table', path: '01-dream/top.csv' };
const at = (second: number): string => new Date(1e12 + 1000 * second).toISOString();
const about = (second: number) => ({ time: at(second), visualizer: 'dream', index: 0 });
const arrived = (second: number): RunEvent => ({ ...about(second), type: 'artifact', artifact });
const progress = (second: number): RunEvent => ({ ...about(second), type: 'progress', done: 1, total: 2 });

const recorder = () => {
  const pages: string[] = [];
  const read: string[] = [];
  const store = {
    writeText: async (path: string, text: string) => void pages.push(`${path}: ${text}`),
    read: async (path: string) => {
      read.push(path);
      return new TextEncoder().encode(`a\n${read.length}\n`);
    },
  } as unknown as ArtifactStore;
  const reporter = galleryReporter();
  const manifest = manifestWith([runOf({ artifacts: [artifact] })]);
  return { pages, read, tell: async (event: RunEvent) => reporter.onEvent(event, manifest, store) };
};

describe('galleryReporter', () => {
  it('writes the page at beginnings and ends, and at most once a second in between', async () => {
    const { pages, tell } = recorder();
    const written = async (event: RunEvent) => {
      const before = pages.length;
      await tell(event);
      return pages.length - before;
    };
    expect(await written({ time: at(0), type: 'run-started', out: 'out', visualizers: ['dream'] })).toBe(1);
    expect(await written({ ...about(0), type: 'visualizer-started' })).toBe(1);
    expect(await written(arrived(0.2))).toBe(0);
    expect(await written(progress(0.9))).toBe(0);
    expect(await written(progress(1.1))).toBe(1);
    expect(await written(progress(9))).toBe(0);
    expect(await written(arrived(9.1))).toBe(1);
    expect(await written(arrived(9.2))).toBe(0);
    expect(await written({ time: at(9.3), type: 'run-finished', status: 'done', failed: 0 })).toBe(1);
    expect(pages.every((page) => page.startsWith('index.html: <!doctype html>'))).toBe(true);
  });

  it('reads a file again only when the artifact came again', async () => {
    const { pages, read, tell } = recorder();
    for (const event of [arrived(0), progress(2), { ...about(3), type: 'visualizer-started' } as const]) await tell(event);
    expect(read).toHaveLength(1);
    await tell(arrived(9));
    expect(read).toHaveLength(2);
    expect(pages.at(-1)).toContain('<td class="number">2</td>');
  });
});
