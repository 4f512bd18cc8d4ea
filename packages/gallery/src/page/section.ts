import type { Manifest, ManifestRun, StoredArtifact } from '@featurescope/core';
import type { Details } from '../details/details.js';
import { flatOptions, formatDuration } from '../format.js';
import { type Html, html, urlOf } from '../html.js';
import { fileRow, pictureCard } from './artifact.js';
import { comparison, findPair } from './compare.js';
import { statusPill, statusWord } from './status.js';
import { jsonView, tableView } from './table.js';

const PICTURES = new Set(['image', 'animation', 'plot']);

/** Anchor of a visualizer's section. */
export const sectionId = (index: number): string => `run-${index + 1}`;

const optionsView = ({ options }: ManifestRun, index: number): Html => {
  const entries = flatOptions(options);
  if (entries.length === 0) return html``;
  const brief = entries.map(([name, value]) => `${name} ${value}`).join(' · ');
  return html`<details class="options" id="${`${sectionId(index)}-options`}"><summary><span>Options</span> <span class="brief">${brief}</span></summary>
<dl>${entries.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></details>`;
};

/** Artifacts by the input they were made from, in the order in which they came. */
const byInput = (artifacts: readonly StoredArtifact[]): ReadonlyMap<string | undefined, readonly StoredArtifact[]> => {
  const groups = new Map<string | undefined, StoredArtifact[]>();
  for (const artifact of artifacts) groups.set(artifact.input, [...(groups.get(artifact.input) ?? []), artifact]);
  return groups;
};

const fileOrPreview = (artifact: StoredArtifact, details: Details): Html | undefined => {
  const found = urlOf(artifact.path) === undefined ? undefined : details.get(artifact.path);
  if (found?.table !== undefined) return tableView(artifact, found.table);
  return found?.text !== undefined ? jsonView(artifact, found.text) : undefined;
};

const group = (input: string | undefined, artifacts: readonly StoredArtifact[], run: string, details: Details): Html => {
  const pair = findPair(artifacts, details);
  const cards = artifacts.filter((artifact) => PICTURES.has(artifact.kind) && artifact !== pair?.before && artifact !== pair?.after);
  const others = artifacts.filter(({ kind }) => !PICTURES.has(kind));
  const previews = others.flatMap((artifact) => fileOrPreview(artifact, details) ?? []);
  const files = others.filter((artifact) => fileOrPreview(artifact, details) === undefined);
  return html`<div class="group">${input !== undefined && html`<h3>${input}</h3>`}
${(cards.length > 0 || pair !== undefined) && html`<div class="grid">${pair && comparison(pair, run, details)}${cards.map((card) => pictureCard(card, run, details))}</div>`}
${previews}
${files.length > 0 && html`<ul class="files">${files.map((file) => fileRow(file, details))}</ul>`}</div>`;
};

const emptyNote = (run: ManifestRun): string => {
  const status = statusWord(run);
  if (status === 'waiting') return 'Waiting for its turn.';
  if (status === 'running') return 'No results yet.';
  return status === 'done' ? 'It finished without any artifact.' : 'It left no artifact.';
};

/** How everything in a section was made, shown beside a picture in the viewer. */
const provenance = ({ visualizer, options }: ManifestRun, { model, seed, featurescope, runtime }: Manifest): Html => html`<dl>
<div><dt>visualizer</dt><dd>${visualizer}</dd></div>
${flatOptions(options).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
<div><dt>model</dt><dd>${model.name}</dd></div><div><dt>sha256</dt><dd>${model.sha256}</dd></div>
<div><dt>runtime</dt><dd>${runtime.executor}, ${runtime.tensors}</dd></div>
<div><dt>seed</dt><dd>${seed}</dd></div><div><dt>featurescope</dt><dd>${featurescope}</dd></div></dl>`;

/** One visualizer: state, options, error, results. */
export const section = (run: ManifestRun, index: number, manifest: Manifest, details: Details): Html => {
  const id = sectionId(index);
  const active = statusWord(run) === 'running';
  return html`<section id="${id}" aria-labelledby="${`${id}-title`}" data-run="${index}">
<header><h2 id="${`${id}-title`}"><span class="nn">${String(index + 1).padStart(2, '0')}</span> ${run.visualizer}</h2>
${statusPill(run)}${run.durationMs !== undefined && html`<span class="duration">${formatDuration(run.durationMs)}</span>`}</header>
${active && html`<div class="progress" hidden><progress max="1" value="0"></progress> <span></span></div>`}
${run.error !== undefined && html`<div class="error"><pre>${run.error}</pre></div>`}
${optionsView(run, index)}
${run.artifacts.length === 0 ? html`<p class="empty">${emptyNote(run)}</p>` : [...byInput(run.artifacts)].map(([input, artifacts]) => group(input, artifacts, id, details))}
<template id="${`${id}-provenance`}">${provenance(run, manifest)}</template>
</section>`;
};
