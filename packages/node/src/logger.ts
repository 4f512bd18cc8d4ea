import type { Logger } from '@featurescope/core';

export type LogLevel = 'silent' | 'warn' | 'info' | 'debug';

const ORDER: readonly LogLevel[] = ['silent', 'warn', 'info', 'debug'];

/** Writes lines up to a level to a stream. Default: warnings, to stderr, so that stdout stays free for results. */
export const streamLogger = (level: LogLevel = 'warn', stream: { write(text: string): unknown } = process.stderr): Logger => {
  const at = (wanted: LogLevel, prefix: string) => (message: string) => {
    if (ORDER.indexOf(wanted) <= ORDER.indexOf(level)) stream.write(`${prefix}${message}\n`);
  };
  return { info: at('info', ''), warn: at('warn', 'warning: '), debug: at('debug', 'debug: ') };
};
