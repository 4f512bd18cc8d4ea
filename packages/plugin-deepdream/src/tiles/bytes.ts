import { badMemory } from './errors.js';

const UNITS: Readonly<Record<string, number>> = {
  '': 1e6,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

const FORM = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i;

/** Bytes of an amount such as `2GB`, `1.5 GiB` or `1500` (megabytes); undefined for other text. */
export function bytesOf(text: string): number | undefined {
  const [, amount = '', unit = ''] = FORM.exec(text) ?? [];
  const factor = Object.hasOwn(UNITS, unit.toLowerCase()) ? UNITS[unit.toLowerCase()] : undefined;
  const bytes = amount === '' || factor === undefined ? 0 : Math.round(Number(amount) * factor);
  return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** Bytes of an amount such as `2GB`. @throws FeaturescopeError for other text, and for nothing at all */
export function parseBytes(text: string): number {
  const bytes = bytesOf(text);
  if (bytes === undefined) throw badMemory(text);
  return bytes;
}
