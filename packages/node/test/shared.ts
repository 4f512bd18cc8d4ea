import { fileURLToPath } from 'node:url';

const shared = (name: string): string => fileURLToPath(new URL(`../../../../shared/${name}`, import.meta.url));

/** Folder with test data that is not part of the repository; tests that need it are skipped when it is absent. */
export const dataFolder = process.env['FEATURESCOPE_DATA'] ?? shared('data');
