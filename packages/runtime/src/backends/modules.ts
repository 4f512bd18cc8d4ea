import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { env } from '@tensorflow/tfjs-core';

/** Names a folder with `node_modules` where optional runtimes are looked for first. */
const RUNTIMES_VARIABLE = 'FEATURESCOPE_RUNTIMES';

export interface OptionalModule {
  readonly version: string;
  /** URL to import. */
  readonly url: string;
}

/** An optional package, beside this one or in the folder that FEATURESCOPE_RUNTIMES names. @throws Error when it is not installed */
export function findModule(name: string): OptionalModule {
  const folder = process.env[RUNTIMES_VARIABLE];
  const places = [...(folder ? [pathToFileURL(join(resolve(folder), 'package.json')).href] : []), import.meta.url];
  for (const place of places) {
    const require = createRequire(place);
    try {
      const { version } = require(`${name}/package.json`) as { version: string };
      return { version, url: pathToFileURL(require.resolve(name)).href };
    } catch {
      // Not here: look in the next place.
    }
  }
  throw new Error(`the package ${name} is not installed`);
}

export function isInstalled(name: string): boolean {
  try {
    findModule(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * Imports a package that registers itself with TensorFlow.js. When it brings a copy of TensorFlow.js of its own, both share
 * one engine, and each kernel that is there already would be warned of.
 */
export async function importQuietly(url: string): Promise<unknown> {
  const before = env().getBool('PROD');
  env().set('PROD', true);
  try {
    return await import(url);
  } finally {
    env().set('PROD', before);
  }
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
