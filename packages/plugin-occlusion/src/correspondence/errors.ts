import { alternatives, type Extent, FeaturescopeError, nearest } from '@featurescope/core';

const NAME = 'correspondence';

const FORMAT =
  'Expected CSV with the columns input, part, top, left, height and width, or a JSON list of objects with these fields; boxes in pixels of the picture.';

/** The first names of a list, and how many more there are. */
const some = (names: readonly string[], most = 5): string =>
  `${names
    .slice(0, most)
    .map((name) => `"${name}"`)
    .join(', ')}${names.length > most ? ` and ${names.length - most} more` : ''}`;

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

export const badJson = (source: string, line: number, problem: string, cause?: unknown) =>
  new FeaturescopeError('correspondence/bad-json', `${NAME}: ${source}, line ${line}: ${problem}. ${FORMAT}`, { cause });

export const badCsv = (source: string, line: number, problem: string) =>
  new FeaturescopeError('correspondence/bad-csv', `${NAME}: ${source}, line ${line}: ${problem}. ${FORMAT}`);

export const badPart = (source: string, place: string, field: string, problem: string) =>
  new FeaturescopeError(
    'correspondence/bad-part',
    `${NAME}: ${source}, ${place}${field === '' ? '' : `, "${field}"`}: ${problem.charAt(0).toLowerCase()}${problem.slice(1)}. ${FORMAT}`,
  );

export const noParts = (source: string) => new FeaturescopeError('correspondence/no-parts', `${NAME}: ${source} lists no parts. ${FORMAT}`);

export const unknownPictures = (source: string, given: readonly string[], inputs: readonly string[], without: readonly string[]) =>
  new FeaturescopeError(
    'correspondence/unknown-pictures',
    `${NAME}: ${source} names ${counted(given.length, 'picture')} that ${given.length === 1 ? 'is' : 'are'} not among the ${counted(inputs.length, 'input')}: ${some(given)}. ` +
      (without.length === 0
        ? 'Every input has a part. '
        : `${counted(without.length, 'input has', 'inputs have')} no part: ${some(without)}. `) +
      `Did you mean ${alternatives(nearest(given[0] ?? '', inputs))}? A picture is named as the run names it, or by its path.`,
  );

export const twice = (source: string, input: string, part: string, places: readonly [string, string]) =>
  new FeaturescopeError(
    'correspondence/part-twice',
    `${NAME}: ${source} marks "${part}" of "${input}" twice, in ${places[0]} and ${places[1]}. Give each part of a picture once.`,
  );

export interface Outside {
  readonly place: string;
  readonly input: string;
  readonly part: string;
  readonly size: Extent;
}

export const outsidePicture = (source: string, boxes: readonly Outside[]) =>
  new FeaturescopeError(
    'correspondence/outside-picture',
    [
      `${NAME}: ${counted(boxes.length, 'box', 'boxes')} of ${source} ${boxes.length === 1 ? 'reaches' : 'reach'} beyond the picture:`,
      ...boxes
        .slice(0, 5)
        .map(({ place, input, part, size }) => `  ${place}: "${part}" of "${input}", ${size[0]} high and ${size[1]} wide`),
      'Expected top + height and left + width within the picture as it is on disk, in pixels.',
    ].join('\n'),
  );

export const cutAway = (source: string, place: string, input: string, part: string) =>
  new FeaturescopeError(
    'correspondence/cut-away',
    `${NAME}: ${source}, ${place}: "${part}" of "${input}" lies in the border that is cut away when the picture is brought to the size of the network. Crop the picture closer to a square, or leave the part out.`,
  );

export const tooFewPictures = (inputs: readonly string[], marked: readonly string[]) =>
  new FeaturescopeError(
    'correspondence/too-few-pictures',
    `${NAME}: ${
      marked.length === inputs.length
        ? `was given ${counted(inputs.length, 'picture')}`
        : `only ${marked.length} of ${counted(inputs.length, 'picture')} ${marked.length === 1 ? 'has' : 'have'} a marked part`
    }${marked.length > 0 ? ` (${some(marked)})` : ''}, but pictures are compared with each other: give at least two with the same part marked.`,
  );

export const noSharedPart = (parts: readonly string[]) =>
  new FeaturescopeError(
    'correspondence/no-shared-part',
    `${NAME}: no part is marked in two pictures: ${some(parts)} ${parts.length === 1 ? 'is' : 'are each'} marked in one. Give the same part the same name in every picture.`,
  );

export const partName = (name: string) =>
  new FeaturescopeError(
    'correspondence/part-name',
    `${NAME}: a part cannot be called "${name}", which stands for random boxes in the results. Give it another name, or --random 0.`,
  );

export const mapsDiffer = (layer: string, first: string, second: string) =>
  new FeaturescopeError(
    'correspondence/maps-differ',
    `${NAME}: layer "${layer}" gives maps of different sizes for "${first}" and "${second}", which cannot be compared place by place. Give arrays of one size, or pictures, which are brought to one.`,
  );
