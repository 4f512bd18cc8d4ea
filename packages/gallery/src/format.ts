/** A duration in a unit that suits it: `840 ms`, `12.3 s`, `4 min 05 s`, `2 h 03 min`. */
export const formatDuration = (milliseconds: number): string => {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  return minutes < 60 ? `${minutes} min ${two(Math.round(seconds) % 60)} s` : `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
};

/** `2026-11-22 14:05 UTC` of an ISO 8601 time; anything else as it is. */
export const formatTime = (iso: string): string => iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/, '$1 $2 UTC');

export const formatShape = (shape: readonly number[]): string => (shape.length === 0 ? 'scalar' : shape.join(' × '));

/** A cell of a table: long fractions are shortened to five significant digits. */
export const formatCell = (text: string): string =>
  text.length > 8 && /^-?\d*\.?\d+(e[-+]?\d+)?$/i.test(text) && !/^-?\d+$/.test(text) ? String(Number(Number(text).toPrecision(5))) : text;

export const isNumber = (text: string): boolean => text === 'NaN' || (text.trim() !== '' && !Number.isNaN(Number(text)));

/** An option's value as one line. */
export const formatOption = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(formatOption).join(', ');
  return JSON.stringify(value) ?? 'none';
};

/** Options with the names of nested ones joined by dots, as `data.size`. */
export const flatOptions = (options: unknown, prefix = ''): readonly (readonly [name: string, value: string])[] =>
  typeof options !== 'object' || options === null
    ? []
    : Object.entries(options).flatMap(([name, value]) => {
        const nested = typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
        return nested
          ? flatOptions(value, `${prefix}${name}.`)
          : value === undefined
            ? []
            : [[`${prefix}${name}`, formatOption(value)] as const];
      });
