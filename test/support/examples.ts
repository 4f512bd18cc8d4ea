import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config, ConfiguredVisualizer, RunEvent } from '@featurescope/core';
import { run } from 'featurescope';
import { loadConfig } from '../../packages/cli/src/config/load.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Folder of an example. */
export const exampleFolder = (example: string): string => join(root, 'examples', example);

const ENDING = '.config.ts';

/** Names of its configs. */
export const figuresIn = (example: string): readonly string[] =>
  readdirSync(exampleFolder(example))
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length));

/** One of them, as the command reads it. */
export const configOf = async (example: string, figure: string): Promise<Config> =>
  (await loadConfig('run', join(exampleFolder(example), `${figure}${ENDING}`), root, [])).config;

/** What a run emits, once it has ended. */
export const eventsOf = (config: Config): Promise<readonly RunEvent[]> =>
  new Promise((resolve, reject) => {
    const events: RunEvent[] = [];
    run(config, { cwd: root }).subscribe({ next: (event) => events.push(event), error: reject, complete: () => resolve(events) });
  });

/** A visualizer of a config with other options, by its name, so that it takes little time. */
export const withOptions =
  (changed: Readonly<Record<string, Readonly<Record<string, unknown>>>>) =>
  ({ visualizer, given }: ConfiguredVisualizer): ConfiguredVisualizer => {
    const fields = { ...(given as object), ...changed[visualizer.name] };
    return { visualizer, given: fields, options: visualizer.options.parse(fields) };
  };
