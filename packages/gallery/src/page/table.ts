import type { StoredArtifact } from '@featurescope/core';
import type { TablePreview } from '../details/details.js';
import { formatCell, isNumber } from '../format.js';
import { type Html, html, urlOf } from '../html.js';

/** Longer tables are folded. */
const OPEN_ROWS = 12;

const isNumeric = ({ rows }: TablePreview, column: number): boolean => rows.length > 0 && rows.every((row) => isNumber(row[column] ?? ''));

const cell = (text: string, numeric: boolean): Html => {
  const short = numeric ? formatCell(text) : text;
  return html`<td${numeric && html` class="number"`}${short !== text && html` title="${text}"`}>${short}</td>`;
};

/** A table's first rows, with a link to the whole. */
export const tableView = (artifact: StoredArtifact, preview: TablePreview): Html => {
  const numeric = preview.columns.map((_, i) => isNumeric(preview, i));
  const rest = preview.total - preview.rows.length;
  const rows = `${preview.total} ${preview.total === 1 ? 'row' : 'rows'}`;
  return html`<details class="table"${preview.total <= OPEN_ROWS && html` open`} id="${`table-${artifact.path}`}">
<summary><b>${artifact.name}</b> <span class="extent">${rows}</span>${artifact.description !== undefined && html` <span class="subject">${artifact.description}</span>`}</summary>
<div class="scroll" role="region" aria-label="${`Table ${artifact.name}`}" tabindex="0"><table>
<thead><tr>${preview.columns.map((name, i) => html`<th scope="col"${numeric[i] === true && html` class="number"`}>${name}</th>`)}</tr></thead>
<tbody>${preview.rows.map((row) => html`<tr>${preview.columns.map((_, i) => cell(row[i] ?? '', numeric[i] === true))}</tr>`)}</tbody>
</table></div>
<p class="more">${rest > 0 && html`${rest} more ${rest === 1 ? 'row' : 'rows'} in the `}<a href="${urlOf(artifact.path)}" download>${rest > 0 ? 'file' : 'Download CSV'}</a></p>
</details>`;
};

/** The beginning of a JSON file. */
export const jsonView = (artifact: StoredArtifact, text: string): Html => html`<details class="table" id="${`json-${artifact.path}`}">
<summary><b>${artifact.name}</b> <span class="extent">JSON</span></summary>
<div class="scroll" role="region" aria-label="${`JSON ${artifact.name}`}" tabindex="0"><pre>${text}</pre></div>
<p class="more"><a href="${urlOf(artifact.path)}" download>Download JSON</a></p>
</details>`;
