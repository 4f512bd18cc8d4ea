import { createContainer, type Logger, REPORTERS, type RuntimeChoice } from '@featurescope/core';
import type { DownloadProgress } from '../report/download.js';

export interface ServiceOptions {
  readonly runtime?: RuntimeChoice;
  /** Default: warnings to stderr. */
  readonly logger?: Logger;
  /** Folder that relative paths of inputs and models count from. Default: the working directory. */
  readonly cwd?: string;
  /** Told how far the download of a model is. Default: lines in the log. */
  readonly onDownload?: (progress: DownloadProgress) => void;
}

export type Container = ReturnType<typeof createContainer>;

/** A container with everything a run needs on this machine. The caller disposes it. */
export const createServices = async ({ runtime = 'auto', logger, cwd, onDownload }: ServiceOptions = {}): Promise<Container> => {
  const [{ registerNode }, { registerRuntime }, { registerModels }, { galleryReporter }] = await Promise.all([
    import('@featurescope/node'),
    import('@featurescope/runtime'),
    import('@featurescope/models'),
    import('@featurescope/gallery'),
  ]);
  const container = createContainer();
  registerNode(container, { ...(cwd === undefined ? {} : { cwd }), ...(logger === undefined ? {} : { logger }) });
  await registerRuntime(container, runtime);
  registerModels(container, {
    ...(cwd === undefined ? {} : { cwd }),
    ...(onDownload === undefined ? {} : { download: { onProgress: onDownload } }),
  });
  container.register(REPORTERS, { useValue: galleryReporter() });
  return container;
};
