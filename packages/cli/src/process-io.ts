import type { Io, Output } from './io.js';

const isBrokenPipe = (error: Error): boolean => 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');

/** A stream that goes silent when its reader goes away (`featurescope list | head -1`). */
const output = (stream: NodeJS.WriteStream): Output => {
  let open = true;
  stream.on('error', (error: Error) => {
    if (!isBrokenPipe(error)) throw error;
    open = false;
  });
  return {
    write: (text) => {
      if (open) stream.write(text);
    },
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns || 80;
    },
  };
};

/** The process itself. */
export const processIo = (): Io => ({
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  env: process.env,
  cwd: process.cwd(),
  onInterrupt: (listener) => {
    let presses = 0;
    const onSignal = (): void => {
      if (presses++ > 0) process.exit(130);
      listener();
    };
    process.on('SIGINT', onSignal);
    return () => process.off('SIGINT', onSignal);
  },
});
