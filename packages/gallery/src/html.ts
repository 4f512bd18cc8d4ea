/** Markup whose dynamic parts are escaped. */
export class Html {
  constructor(readonly markup: string) {}
}

type Value = string | number | Html | undefined | false | readonly Value[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Halves of surrogate pairs cannot be encoded. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

/** Text as it must stand in markup and in quoted attributes; control characters that HTML does not allow are replaced. */
export const escapeHtml = (text: string): string =>
  wellFormed(text)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const toMarkup = (value: Value): string => {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.markup;
  return typeof value === 'object' ? value.map(toMarkup).join('') : escapeHtml(String(value));
};

/** A template whose values are escaped, except those that are markup already. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(parts.map((part, i) => part + toMarkup(values[i])).join(''));

/** Markup that is known to be safe. */
export const raw = (markup: string): Html => new Html(markup);

const isInside = (path: string): boolean => path !== '' && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/** Relative URL of a file of the run; undefined for a path that is none inside the run's folder. */
export const urlOf = (path: string): string | undefined =>
  isInside(path) && !path.includes('\\') ? `./${wellFormed(path).split('/').map(encodeURIComponent).join('/')}` : undefined;
