import { main } from '../../src/cli.js';
import { capturedIo } from './captured-io.js';

/** Runs the command in this process, in the folder; arguments are separated by spaces. */
export const runCli = async (line: string, folder: string): Promise<{ code: number; out: string; err: string }> => {
  const io = capturedIo(folder);
  const args = line.split(' ').filter((part) => part !== '');
  const code = await main(args, io);
  return { code, out: io.out(), err: io.err() };
};
