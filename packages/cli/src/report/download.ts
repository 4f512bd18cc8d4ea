import type { Output } from '../io.js';

/** How far the download of one file is, in bytes. */
export interface DownloadProgress {
  readonly file: string;
  readonly received: number;
  readonly total: number;
}

const BAR_WIDTH = 24;
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** A bar of 24 characters; `part` is clipped to 0 … 1. */
export const bar = (part: number): string => {
  const full = Math.round(Math.min(1, Math.max(0, part)) * BAR_WIDTH);
  return '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
};

export const downloadText = ({ file, received, total }: DownloadProgress): string =>
  `downloading ${file}  ${bar(received / total)}  ${megabytes(received)} of ${megabytes(total)} MB`;

/** Shows a download: one line that is rewritten on a terminal, a line at every tenth elsewhere. */
export const downloadLines = (output: Output, quiet: boolean): ((progress: DownloadProgress) => void) => {
  const shown = new Map<string, number>();
  return (progress) => {
    const steps = output.isTTY ? 100 : 10;
    const step = Math.floor((steps * progress.received) / progress.total);
    if (quiet || shown.get(progress.file) === step) return;
    shown.set(progress.file, step);
    const end = output.isTTY && progress.received < progress.total ? '' : '\n';
    output.write(`${output.isTTY ? '\r' : ''}${downloadText(progress)}${end}`);
  };
};
