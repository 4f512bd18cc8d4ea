import type { ArtifactStore } from '../platform/platform.js';
import { cannotResume } from './errors.js';
import type { Manifest, ManifestRun } from './manifest.js';

/**
 * The runs of an earlier manifest, to be continued by a new one.
 * @throws FeaturescopeError that says what differs when the two are not the same run
 */
export function resumedRuns(store: ArtifactStore, earlier: Manifest, now: Manifest): readonly ManifestRun[] {
  const differences = [
    ...differing('model', earlier.model, now.model),
    ...differing('seed', earlier.seed, now.seed),
    ...differing('', earlier.config, now.config).filter((line) => !/^(seed|model)\b/.test(line)),
  ];
  if (differences.length > 0) throw cannotResume(store.location, differences);
  return now.runs.map((run, i) => earlier.runs[i] ?? run);
}

/** Paths at which two values differ as JSON, with both values. */
export function differing(path: string, before: unknown, after: unknown): string[] {
  if (isNested(before) && isNested(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differing(path ? `${path}.${key}` : key, Reflect.get(before, key), Reflect.get(after, key)));
  }
  const [was, is] = [JSON.stringify(before), JSON.stringify(after)];
  return was === is ? [] : [`${path}: ${was ?? 'nothing'} before, ${is ?? 'nothing'} now`];
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A value as it comes back from a JSON file. */
export const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
