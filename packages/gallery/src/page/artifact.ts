import type { StoredArtifact } from '@featurescope/core';
import type { ArtifactDetails, Details } from '../details/details.js';
import { formatShape } from '../format.js';
import { type Html, html, urlOf } from '../html.js';

/** Pictures up to this side show their pixels when they are enlarged. */
const TINY = 160;

const subjectOf = ({ layer, unit }: StoredArtifact): string =>
  [...(layer === undefined ? [] : [layer]), ...(unit === undefined ? [] : [`unit ${unit}`])].join(' · ');

const altOf = (artifact: StoredArtifact): string => {
  const { name, input, layer, unit, description } = artifact;
  const of = [input && `of ${input}`, layer && `at ${layer}`, unit !== undefined && `unit ${unit}`].filter(Boolean).join(', ');
  return `${name}${of === '' ? '' : ` ${of}`}${description === undefined ? '' : `: ${description}`}`;
};

const isTiny = (details: ArtifactDetails | undefined): boolean =>
  details?.size !== undefined && Math.max(details.size.width, details.size.height) <= TINY;

/** The `<img>` of a picture, animation or plot. */
export const picture = (artifact: StoredArtifact, details: Details): Html => {
  const found = details.get(artifact.path);
  const size = found?.size && html` width="${found.size.width}" height="${found.size.height}"`;
  const classes = [artifact.kind === 'plot' && 'plot', artifact.kind === 'image' && isTiny(found) && 'tiny'].filter(Boolean).join(' ');
  return html`<img src="${urlOf(artifact.path)}" alt="${altOf(artifact)}"${size} loading="lazy" decoding="async"${classes !== '' && html` class="${classes}"`}>`;
};

/** Opens a picture in the viewer; without scripts, its file. */
export const viewerLink = (artifact: StoredArtifact, run: string, content: Html, label?: string): Html => {
  const caption = [artifact.input, subjectOf(artifact), artifact.description]
    .filter((text) => text !== undefined && text !== '')
    .join(' — ');
  return html`<a href="${urlOf(artifact.path)}" data-view="${run}" data-kind="${artifact.kind}" data-name="${artifact.name}" data-caption="${caption}"${
    label !== undefined && html` aria-label="${label}"`
  }>${content}</a>`;
};

/** A picture with its caption. */
export const pictureCard = (artifact: StoredArtifact, run: string, details: Details): Html => {
  if (urlOf(artifact.path) === undefined) return unlinked(artifact);
  const subject = subjectOf(artifact);
  return html`<figure class="card ${artifact.kind}">
${viewerLink(artifact, run, picture(artifact, details), `View ${altOf(artifact)}`)}
<figcaption><b>${artifact.name}</b>${subject !== '' && html` <span class="subject">${subject}</span>`}${artifact.description !== undefined && html`<p>${artifact.description}</p>`}</figcaption>
</figure>`;
};

const FILE_TYPES = { tensor: 'npy', table: 'csv', json: 'json', image: 'png', animation: 'webp', plot: 'svg' } as const;

/** A file to download: an array with its shape, a table, a JSON file. */
export const fileRow = (artifact: StoredArtifact, details: Details): Html => {
  const found = details.get(artifact.path);
  const url = urlOf(artifact.path);
  const subject = subjectOf(artifact);
  const extent =
    found?.shape !== undefined
      ? `${formatShape(found.shape)} float32`
      : found?.table !== undefined
        ? `${found.table.total} × ${found.table.columns.length}`
        : '';
  return html`<li>${url === undefined ? html`<b>${artifact.name}</b>` : html`<a href="${url}" download>${artifact.name}</a>`}
<span class="type">${FILE_TYPES[artifact.kind]}</span>${extent !== '' && html` <span class="extent">${extent}</span>`}${subject !== '' && html` <span class="subject">${subject}</span>`}${
    artifact.description !== undefined && html`<p>${artifact.description}</p>`
  }</li>`;
};

const unlinked = (artifact: StoredArtifact): Html =>
  html`<figure class="card"><figcaption><b>${artifact.name}</b><p>The manifest names no file inside this folder: ${artifact.path}</p></figcaption></figure>`;
