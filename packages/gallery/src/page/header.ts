import type { Manifest } from '@featurescope/core';
import { formatDuration, formatTime } from '../format.js';
import { type Html, html } from '../html.js';
import { sectionId } from './section.js';
import { statusPill, statusWord } from './status.js';

const fact = (name: string, value: Html | string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const total = ({ runs }: Manifest): number => runs.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0);

const countArtifacts = ({ runs }: Manifest): number => runs.reduce((sum, { artifacts }) => sum + artifacts.length, 0);

/** What the whole run has in common. */
export const pageHeader = (manifest: Manifest): Html => {
  const { model, runtime, seed, featurescope, startedAt } = manifest;
  return html`<header class="page" id="page-header">
<p class="brand">Featurescope</p>
<div class="title"><h1>${model.name}</h1>${statusPill(manifest)}</div>
<dl class="facts">
${fact('weights', html`<code title="${`SHA-256 ${model.sha256}`}">${model.sha256.slice(0, 12)}</code>`)}
${fact('executor', runtime.executor)}
${fact('tensors', runtime.tensors)}
${fact('seed', String(seed))}
${fact('started', html`<time datetime="${startedAt}">${formatTime(startedAt)}</time>`)}
${total(manifest) > 0 ? fact('took', formatDuration(total(manifest))) : html``}
${fact('artifacts', String(countArtifacts(manifest)))}
${fact('version', featurescope)}
</dl>
</header>`;
};

/** Links to the sections; left out when there is only one. */
export const contents = ({ runs }: Manifest): Html =>
  runs.length < 2
    ? html`<nav id="contents"></nav>`
    : html`<nav id="contents" aria-label="Visualizers"><ol>${runs.map(
        (run, i) =>
          html`<li><a href="#${sectionId(i)}"><i class="dot ${statusWord(run)}"></i>${run.visualizer}<span class="hidden"> (${statusWord(run)})</span></a></li>`,
      )}</ol></nav>`;
