export { fileDigest } from './digest.js';
export { type DownloadOptions, type DownloadProgress, download } from './download.js';
export { type CachedModel, cacheFolder, fetchModel } from './hub.js';
export { type HubEntry, type HubFile, readManifest } from './manifest.js';
