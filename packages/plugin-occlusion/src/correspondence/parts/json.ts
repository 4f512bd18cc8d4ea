import { z } from 'zod';
import { badJson, badPart } from '../errors.js';
import { jsonErrorLine } from './json-error.js';
import { type ListedPart, partSchema } from './part.js';

/** Parts from JSON: a list of `{ "input", "part", "top", "left", "height", "width" }`. @throws FeaturescopeError naming the line or the entry that is wrong */
export function partsOfJson(text: string, source: string): readonly ListedPart[] {
  const entries = z.array(z.unknown()).safeParse(parsed(text, source));
  if (!entries.success) throw badJson(source, 1, 'it is no list');
  return entries.data.map((entry, i) => listedPart(entry, `entry ${i + 1}`, source));
}

/** One part, checked. @throws FeaturescopeError naming its place and what is wrong */
export function listedPart(entry: unknown, place: string, source: string): ListedPart {
  const { success, data, error } = partSchema.safeParse(entry);
  if (success) return { ...data, place };
  const [issue] = error.issues;
  throw badPart(source, place, [...(issue?.path ?? [])].join('.'), issue?.message ?? '');
}

function parsed(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badJson(source, jsonErrorLine(text), 'it is not valid JSON there', cause);
  }
}
