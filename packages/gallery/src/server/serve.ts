import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { noRun, portTaken } from '../errors.js';
import { galleryApp } from './app.js';
import { readManifest } from './manifest-file.js';

const HOST = '127.0.0.1';

export interface GalleryServerOptions {
  /** Default: 0, any free port. */
  readonly port?: number;
}

/** A gallery that is being served. */
export interface GalleryServer {
  /** `http://127.0.0.1:<port>/` */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves the gallery of a run's folder on the loopback address only; an open page follows a run in progress.
 * @throws FeaturescopeError when the folder holds no run or the port cannot be had
 */
export const serveGallery = async (folder: string, { port = 0 }: GalleryServerOptions = {}): Promise<GalleryServer> => {
  if ((await readManifest(folder)) === undefined) throw noRun(folder);
  const closing = new AbortController();
  const server = createServer(getRequestListener(galleryApp(folder, closing.signal).fetch));
  try {
    server.listen(port, HOST);
    await once(server, 'listening');
  } catch (cause) {
    throw portTaken(port, cause);
  }
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${HOST}:${bound}/`,
    port: bound,
    async close() {
      closing.abort();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
