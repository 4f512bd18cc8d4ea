import { FeaturescopeError } from '@featurescope/core';

export const badDrawingLine = (source: string, line: number, problem: string): FeaturescopeError =>
  new FeaturescopeError(
    'drawing/bad-line',
    `Line ${line} of "${source}" is no drawing: ${problem}. Expected a JSON object of Quick, Draw!, whose "drawing" is a list of strokes [[x, …], [y, …]] or [[x, …], [y, …], [t, …]].`,
  );

export const noSuchLine = (source: string, line: number, lines: number): FeaturescopeError =>
  new FeaturescopeError(
    'drawing/no-such-line',
    `"${source}" has no line ${line}. ${lines === 0 ? 'It is empty' : `It has ${lines} line${lines === 1 ? '' : 's'}`}; lines are counted from 1.`,
  );

export const noDrawings = (source: string, first: { readonly line: number; readonly problem: string } | undefined): FeaturescopeError =>
  new FeaturescopeError(
    'drawing/none',
    `"${source}" has no drawing in it${first ? `; line ${first.line}: ${first.problem}` : ''}. Expected a drawing of Quick, Draw! on each line, as JSON.`,
  );

export const badSvg = (source: string, line: number, problem: string): FeaturescopeError =>
  new FeaturescopeError(
    'drawing/bad-svg',
    `"${source}" cannot be read as a drawing: line ${line}: ${problem}. Expected an SVG of stroked paths, one for each stroke in the order of drawing, as those of TU-Berlin.`,
  );

export const badDrawingArchive = (source: string, cause: unknown): FeaturescopeError =>
  new FeaturescopeError(
    'drawing/bad-archive',
    `The archive "${source}" cannot be unpacked: ${cause instanceof Error ? cause.message : String(cause)}. Expected a .tar.gz file with .ndjson files in it.`,
    { cause },
  );

const MOST_NAMED = 3;

/** What is said of lines that were passed over, among all lines that hold anything. */
export const skippedMessage = (
  source: string,
  skipped: readonly { readonly line: number; readonly problem: string; readonly source?: string }[],
  all: number,
): string => {
  const named = skipped.slice(0, MOST_NAMED).map(({ line, problem, source: at }) => `${at ?? `line ${line}`}: ${problem}`);
  const rest = skipped.length > MOST_NAMED ? `; and ${skipped.length - MOST_NAMED} more` : '';
  const are = skipped.length === 1 ? 'is no drawing and is' : 'are no drawings and are';
  return `${skipped.length} of ${all} lines of "${source}" ${are} passed over (${named.join('; ')}${rest}).`;
};
