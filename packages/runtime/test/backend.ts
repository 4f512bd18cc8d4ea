import type { BackendName } from '../src/backends/backend.js';
import { BACKENDS } from '../src/backends/index.js';

const isBackend = (name: string): name is BackendName => name in BACKENDS;

async function available(name: BackendName): Promise<readonly BackendName[]> {
  try {
    await BACKENDS[name].load();
    return [name];
  } catch (error) {
    console.warn(`Skipped: the runtime ${name} is not here: ${error instanceof Error ? error.message : error}`);
    return [];
  }
}

const wanted = process.env['FEATURESCOPE_TEST_RUNTIME'];
if (wanted !== undefined && !isBackend(wanted))
  throw new Error(`FEATURESCOPE_TEST_RUNTIME is "${wanted}"; expected one of ${Object.keys(BACKENDS).join(', ')}`);

/** The backends to test: wasm and cpu, or the one that FEATURESCOPE_TEST_RUNTIME names, if it can be had. */
export const TESTED: readonly BackendName[] = wanted === undefined ? ['wasm', 'cpu'] : await available(wanted);

/** Makes a backend the active one. */
export const use = async (name: BackendName): Promise<void> => (await BACKENDS[name].load()).activate();
