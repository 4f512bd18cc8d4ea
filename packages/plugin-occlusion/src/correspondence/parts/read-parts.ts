import type { RunContext } from '@featurescope/core';
import { noParts } from '../errors.js';
import { partsOfCsv } from './csv.js';
import { partsOfJson } from './json.js';
import type { ListedPart, Part } from './part.js';

/** Marked parts and where they come from, for messages. */
export interface PartsList {
  readonly source: string;
  readonly parts: readonly ListedPart[];
}

/** Parts of a file, JSON or CSV as its first character says, or as given. @throws FeaturescopeError when the file is missing, broken or empty */
export async function readParts({ readText }: Pick<RunContext, 'readText'>, given: string | readonly Part[]): Promise<PartsList> {
  const list = typeof given === 'string' ? { source: given, parts: partsOf(await readText(given), given) } : inline(given);
  if (list.parts.length === 0) throw noParts(list.source);
  return list;
}

const inline = (parts: readonly Part[]): PartsList => ({
  source: 'the option "parts"',
  parts: parts.map((part, i) => ({ ...part, place: `entry ${i + 1}` })),
});

/** Parts of a text. @throws FeaturescopeError naming the line or the entry that is wrong */
export function partsOf(text: string, source: string): readonly ListedPart[] {
  const plain = text.replace(/^\uFEFF/, '');
  return /^\s*[[{]/.test(plain) ? partsOfJson(plain, source) : partsOfCsv(plain, source);
}
