import { join } from 'node:path';
import type { ExitCode, Invocation } from '../command.js';
import { viewOptions } from './view.js';

/** Serves a gallery until Ctrl-C. */
export const viewAction = async ({ io, positionals, common, options }: Invocation): Promise<ExitCode> => {
  const { serveGallery } = await import('@featurescope/gallery');
  const folder = positionals[0] ?? common.out ?? 'out';
  const server = await serveGallery(folder, viewOptions.parse(options));
  if (common.json === true) io.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
  else io.stdout.write(`${server.url}\n`);
  if (common.quiet !== true && common.json !== true) io.stderr.write(`Serving ${join(folder, 'index.html')}; Ctrl-C ends it.\n`);
  await new Promise<void>((resolve) => {
    io.onInterrupt(resolve);
  });
  await server.close();
  return 0;
};
