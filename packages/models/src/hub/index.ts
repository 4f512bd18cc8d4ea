export { fileDigest } from './digest.js';
export { type DownloadOptions, type DownloadProgress, download } from './download.js';
export { cacheFolder, type CachedModel, fetchModel } from './hub.js';
export { type HubEntry, type HubFile, readManifest } from './manifest.js';
