const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
const MAX_LENGTH = 60;

/**
 * A part of a file name made from any text: letters, digits, `_` and `-` stay, everything else becomes `-`. Never empty, never a
 * path, at most 60 characters, fit for every usual file system.
 */
export const fileNamePart = (text: string): string => {
  const part = [...text.normalize('NFKC').replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-')]
    .slice(0, MAX_LENGTH)
    .join('')
    .replace(/^-+|-+$/g, '');
  if (part === '') return 'unnamed';
  return RESERVED.test(part) ? `${part}_` : part;
};

/** The first of `name`, `name-2`, `name-3`, … that is not taken, regardless of case; takes it. */
export const uniqueName = (name: string, taken: Set<string>): string => {
  let unique = name;
  for (let i = 2; taken.has(unique.toLowerCase()); i++) unique = `${name}-${i}`;
  taken.add(unique.toLowerCase());
  return unique;
};
