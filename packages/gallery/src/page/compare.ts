import type { StoredArtifact } from '@featurescope/core';
import type { Details } from '../details/details.js';
import { type Html, html, urlOf } from '../html.js';
import { picture, viewerLink } from './artifact.js';

/** A picture and what became of it. */
export interface Pair {
  readonly before: StoredArtifact;
  readonly after: StoredArtifact;
}

const BEFORE = 'input';
/** The first that is there is compared with the input. */
const AFTER = ['image', 'overlay', 'reconstruction'];
/** Sides may differ by this factor, as rounding makes them. */
const TOLERANCE = 1.02;

const sameForm = ({ before, after }: Pair, details: Details): boolean => {
  const [a, b] = [details.get(before.path)?.size, details.get(after.path)?.size];
  if (a === undefined || b === undefined) return true;
  const ratio = (a.width * b.height) / (a.height * b.width);
  return ratio < TOLERANCE && ratio > 1 / TOLERANCE;
};

/** Finds an input and its result among the artifacts of one input, if they can be laid over each other. */
export const findPair = (artifacts: readonly StoredArtifact[], details: Details): Pair | undefined => {
  const images = artifacts.filter(({ kind, path }) => kind === 'image' && urlOf(path) !== undefined);
  const named = (name: string) => images.find((image) => image.name === name);
  const before = named(BEFORE);
  const after = AFTER.map(named).find((image) => image !== undefined);
  if (before === undefined || after === undefined) return undefined;
  return sameForm({ before, after }, details) ? { before, after } : undefined;
};

/** Both pictures, one over the other, with a divider to drag. */
export const comparison = ({ before, after }: Pair, run: string, details: Details): Html => html`<figure class="compare">
<div class="stage">
<div class="before">${picture(before, details)}<span class="tag">${before.name}</span></div>
<div class="after">${picture(after, details)}<span class="tag">${after.name}</span></div>
<input type="range" min="0" max="100" value="50" step="1" aria-label="${`Divider between ${before.name} and ${after.name}`}"><span class="divider" aria-hidden="true"></span>
</div>
<figcaption><b>${before.name} → ${after.name}</b>${after.layer !== undefined && html` <span class="subject">${after.layer}</span>`}
<span class="links">${viewerLink(before, run, html`view ${before.name}`)} ${viewerLink(after, run, html`view ${after.name}`)}</span>${
  after.description !== undefined && html`<p>${after.description}</p>`
}</figcaption>
</figure>`;
