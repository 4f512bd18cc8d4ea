/** One of the two text streams of a command. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Characters in a line. */
  readonly columns: number;
}

/** What a command sees of the process it runs in. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Calls back on each Ctrl-C until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
}

/** Whether escape sequences for colour go to an output (https://no-color.org). */
export const wantsColour = (output: Output, env: Io['env']): boolean => output.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
