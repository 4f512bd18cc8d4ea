import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { readDetails } from '../details/details.js';
import { renderGallery } from '../page/page.js';
import { contentType, fileInside, readInside } from './files.js';
import { followRun } from './follow.js';
import { readManifest } from './manifest-file.js';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cache-Control': 'no-cache',
};

/** Scripts in an SVG do not run when it is opened by itself. */
const FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

const decodePath = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
};

/** The web application for one output folder: the gallery, its files, and `/events`. Requests under any other host name than loopback's are refused. */
export const galleryApp = (folder: string, closing: AbortSignal): Hono => {
  const app = new Hono();

  app.use(async (context, next) => {
    if (!LOOPBACK.test(context.req.header('host') ?? '')) return context.text('This gallery is only for this computer.', 403);
    if (context.req.method !== 'GET' && context.req.method !== 'HEAD') return context.text('Only GET.', 405);
    await next();
    for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
  });

  app.get('/events', (context) =>
    streamSSE(context, async (stream) => {
      const left = new AbortController();
      stream.onAbort(() => left.abort());
      for await (const news of followRun(folder, AbortSignal.any([left.signal, closing]))) {
        const data = news.type === 'progress' ? news.progress : { status: (await readManifest(folder))?.status };
        await stream.writeSSE({ event: news.type, data: JSON.stringify(data) });
      }
    }),
  );

  const page = async (): Promise<string | undefined> => {
    const manifest = await readManifest(folder);
    if (manifest === undefined) return undefined;
    const details = await readDetails(manifest, (path, wanted) => readInside(folder, path, wanted));
    return renderGallery(manifest, { details, live: true });
  };

  app.get('/:page{(index\\.html)?}', async (context) => {
    const content = await page();
    return content === undefined ? context.text('There is no run in this folder.', 404) : context.html(content);
  });

  app.get('/*', async (context) => {
    const path = decodePath(new URL(context.req.url).pathname);
    const file = path === undefined ? undefined : await fileInside(folder, path.slice(1));
    if (file === undefined) return context.text('Not found.', 404);
    const content = Readable.toWeb(createReadStream(file)) as ReadableStream;
    return context.body(content, 200, { 'Content-Type': contentType(file), 'Content-Security-Policy': FILE_POLICY });
  });
  return app;
};
