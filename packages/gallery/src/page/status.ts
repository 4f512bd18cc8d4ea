import type { RunStatus } from '@featurescope/core';
import { type Html, html } from '../html.js';

const KNOWN: ReadonlySet<string> = new Set<RunStatus>(['running', 'done', 'failed', 'cancelled']);

interface Started {
  readonly status: RunStatus;
  readonly startedAt?: string;
}

/** One word for how far a run or a visualizer came; one that is `running` without having started waits for its turn. */
export const statusWord = ({ status, startedAt }: Started): string => {
  if (status === 'running' && startedAt === undefined) return 'waiting';
  return KNOWN.has(status) ? status : 'unknown';
};

export const statusPill = (run: Started): Html => html`<span class="pill ${statusWord(run)}">${statusWord(run)}</span>`;
