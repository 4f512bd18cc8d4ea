import { type Box, type Extent, type Input, type InputSpec, resizePlan } from '@featurescope/core';
import { cutAway, noSharedPart, outsidePicture, partName, tooFewPictures, twice, unknownPictures } from './errors.js';
import { EVERY_INPUT, type ListedPart } from './parts/part.js';
import type { PartsList } from './parts/read-parts.js';

/** Name of random boxes in the results. */
export const RANDOM = 'random';

/** A picture with its parts, as boxes in pixels of the picture that the network sees. */
export interface MarkedPicture {
  readonly input: Input;
  /** By name, in the order of the list. */
  readonly boxes: ReadonlyMap<string, Box>;
}

/** What is compared, and what is said about the rest. */
export interface Marks {
  /** Pictures with at least one of `parts`, in the order of the inputs. */
  readonly pictures: readonly MarkedPicture[];
  /** Parts that are marked in at least two pictures. */
  readonly parts: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Gives every input its parts, scaled to the picture that the network sees.
 * @throws FeaturescopeError when pictures are not among the inputs, boxes reach beyond them, or there is nothing to compare
 */
export function placeParts(inputs: readonly Input[], { source, parts }: PartsList, spec: InputSpec, hasRandom: boolean): Marks {
  const perInput = assigned(inputs, parts, source);
  checkInside(perInput, source);
  const cut: string[] = [];
  const marked = inputs.map((input) => {
    const boxes = [...(perInput.get(input)?.values() ?? [])].map((part) => {
      const { box, isCut } = seenBox(part, input, spec);
      if (!box) throw cutAway(source, part.place, input.name, part.part);
      if (isCut) cut.push(`"${part.part}" of "${input.name}"`);
      return [part.part, box] as const;
    });
    return { input, boxes: new Map(boxes) };
  });
  const withParts = marked.filter(({ boxes }) => boxes.size > 0);
  if (withParts.length < 2)
    throw tooFewPictures(
      inputs.map(({ name }) => name),
      withParts.map(({ input }) => input.name),
    );
  const names = [...new Set(parts.map(({ part }) => part))];
  if (hasRandom && names.includes(RANDOM)) throw partName(RANDOM);
  const shared = names.filter((part) => withParts.filter(({ boxes }) => boxes.has(part)).length > 1);
  if (shared.length === 0) throw noSharedPart(names);
  return {
    pictures: withParts.filter(({ boxes }) => shared.some((part) => boxes.has(part))),
    parts: shared,
    warnings: [
      ...told(
        marked.filter(({ boxes }) => boxes.size === 0).map(({ input }) => `"${input.name}"`),
        'no part is marked, so they are left out, in',
      ),
      ...told(
        names.filter((part) => !shared.includes(part)).map((part) => `"${part}"`),
        'left out, since they are marked in one picture only:',
      ),
      ...told(cut, 'cut at the border of what the network sees of the picture:'),
    ],
  };
}

const told = (names: readonly string[], what: string): string[] =>
  names.length === 0
    ? []
    : [`correspondence: ${what} ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}.`];

type Assigned = ReadonlyMap<Input, ReadonlyMap<string, ListedPart>>;

function assigned(inputs: readonly Input[], parts: readonly ListedPart[], source: string): Assigned {
  const found = new Map<Input, Map<string, ListedPart>>();
  const unknown = new Set<string>();
  for (const part of parts) {
    const named = part.input === EVERY_INPUT ? inputs : inputsCalled(inputs, part.input);
    if (named.length === 0) unknown.add(part.input);
    for (const input of named) {
      const ofInput = found.get(input) ?? new Map<string, ListedPart>();
      const earlier = ofInput.get(part.part);
      if (earlier) throw twice(source, input.name, part.part, [earlier.place, part.place]);
      found.set(input, ofInput.set(part.part, part));
    }
  }
  const names = inputs.map(({ name }) => name);
  const without = inputs.filter((input) => !found.has(input)).map(({ name }) => name);
  if (unknown.size > 0) throw unknownPictures(source, [...unknown], names, without);
  return found;
}

/** The input of a name or path; by the name of its file where only one has it. */
function inputsCalled(inputs: readonly Input[], given: string): readonly Input[] {
  const [exact] = inputs.filter(({ name, source }) => name === given || source === given);
  if (exact) return [exact];
  const byFile = inputs.filter(({ source }) => source.split(/[\\/]/).at(-1) === given);
  return byFile.length === 1 ? byFile : [];
}

function checkInside(perInput: Assigned, source: string): void {
  const outside = [...perInput].flatMap(([{ name, size }, parts]) =>
    [...parts.values()]
      .filter(({ top, left, height, width }) => top + height > size[0] || left + width > size[1])
      .map(({ place, part }) => ({ place, part, input: name, size })),
  );
  if (outside.length > 0) throw outsidePicture(source, outside);
}

/** A box in pixels of the picture that the network sees, at least one pixel large; none where it is cropped away. */
export function seenBox(
  part: Box,
  { size, raw }: Pick<Input, 'size' | 'raw'>,
  spec: InputSpec,
): { readonly box?: Box; readonly isCut: boolean } {
  const { resize, crop } = raw ? { resize: size, crop: undefined } : resizePlan(size, spec);
  const seen: Extent = crop ? [crop.height, crop.width] : resize;
  const rows = seenAxis(part.top, part.height, resize[0] / size[0], crop?.top ?? 0, seen[0]);
  const columns = seenAxis(part.left, part.width, resize[1] / size[1], crop?.left ?? 0, seen[1]);
  if (!rows || !columns) return { isCut: true };
  const box = { top: rows.start, left: columns.start, height: rows.length, width: columns.length };
  return { box, isCut: rows.isCut || columns.isCut };
}

function seenAxis(from: number, length: number, scale: number, cropped: number, seen: number) {
  const [first, last] = [Math.round(from * scale) - cropped, Math.round((from + length) * scale) - cropped];
  const [start, end] = [Math.max(0, Math.min(first, seen - 1)), Math.min(seen, Math.max(last, first + 1))];
  if (first >= seen || end <= start) return undefined;
  return { start, length: end - start, isCut: first < 0 || last > seen };
}
