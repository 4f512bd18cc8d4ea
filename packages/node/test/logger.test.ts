import { describe, expect, it } from 'vitest';
import { type LogLevel, streamLogger } from '../src/index.js';

describe('streamLogger', () => {
  it.each([
    ['silent', ''],
    ['warn', 'warning: b\n'],
    ['info', 'a\nwarning: b\n'],
    ['debug', 'a\nwarning: b\ndebug: c\n'],
  ] as const)('%s', (level: LogLevel, expected) => {
    const lines: string[] = [];
    const log = streamLogger(level, { write: (line) => lines.push(line) });
    log.info('a');
    log.warn('b');
    log.debug('c');
    expect(lines.join('')).toBe(expected);
  });
});
