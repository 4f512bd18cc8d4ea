import { createHash } from 'node:crypto';
import type { Manifest } from '@featurescope/core';
import type { Details } from '../details/details.js';
import { html, raw } from '../html.js';
import { galleryClient } from './client.js';
import { contents, pageHeader } from './header.js';
import { section } from './section.js';
import { STYLE } from './style.js';

const SCRIPT = `(${galleryClient.toString()})();`;

/** Even if a name got into the page as markup, no script but our own would run, and nothing outside would be loaded. */
const POLICY = [
  "default-src 'none'",
  "img-src 'self' file: data:",
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%233b5bdb'/%3E%3Ccircle cx='8' cy='8' r='4' fill='none' stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E";

export interface GalleryOptions {
  /** What was read from the artifacts' files: sizes, shapes, tables. Without it the page shows only what the manifest says. */
  readonly details?: Details;
  /** True when the page is served together with `/events`, so that it can follow a run. */
  readonly live?: boolean;
}

/** The gallery of a run: one self-contained HTML page that lies beside `manifest.json` and loads nothing but the artifacts. */
export const renderGallery = (manifest: Manifest, { details = new Map(), live = false }: GalleryOptions = {}): string =>
  html`<!doctype html>
<html lang="en"${live && html` data-live`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${manifest.model.name} — Featurescope</title>
<link rel="icon" href="${ICON}">
<style>${raw(STYLE)}</style>
</head>
<body>
${pageHeader(manifest)}
${contents(manifest)}
<main id="runs">
${manifest.runs.length === 0 && html`<p class="empty">This run has no visualizers.</p>`}
${manifest.runs.map((run, index) => section(run, index, manifest, details))}
</main>
<dialog id="viewer" aria-labelledby="viewer-title">
<div class="bar"><p><b id="viewer-title"></b> <span id="viewer-count"></span></p>
<button type="button" id="viewer-previous" aria-label="Previous picture">←</button><button type="button" id="viewer-next" aria-label="Next picture">→</button><button type="button" id="viewer-close" aria-label="Close">×</button></div>
<div class="canvas"><img id="viewer-image" alt=""></div>
<div class="about"><p id="viewer-caption"></p><p><a id="viewer-file" href="#">Open the file</a></p><details><summary>How it was made</summary><div id="viewer-provenance"></div></details></div>
</dialog>
<script>${raw(SCRIPT)}</script>
</body>
</html>
`.markup;
