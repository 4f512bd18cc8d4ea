import { type Artifact, contactSheet, type Image, linePlot, type Model } from '@featurescope/core';
import { networkView } from '../picture/network-view.js';
import { signedStrokes } from '../picture/signed-strokes.js';
import { stacked, textBlock } from '../picture/text.js';
import { type Reading, scoreLabel, shortNumber } from '../strokes/score.js';
import { shownValues } from '../strokes/shown.js';
import type { Missing, Study } from './study.js';

/** All results of one drawing: numbers first. */
export function* artifactsOf(study: Study, model: Model, input: string): Generator<Artifact> {
  const { strokes, pieces, target, whole } = study;
  const label = `${scoreLabel(model, target)}, ${shortNumber(whole.score)} on the whole drawing`;
  const about = { input, layer: target.layer.name, unit: target.unit };
  const named = (index: number): readonly [number, string] => [index, model.labels?.[index] ?? ''];
  yield {
    ...about,
    kind: 'table',
    name: 'strokes',
    columns: ['stroke', 'drop', 'score', 'class', 'label'],
    rows: strokes.map(({ drop, reading }, i) => [i + 1, drop, reading.score, ...named(reading.class)]),
    description: `${label}: what it loses without each stroke, counted from 1, its score then and the strongest class then${hidden(study)}`,
  };
  yield { ...about, ...drops(strokes), name: 'drops', description: `${label}: what it loses without each stroke` };
  if (pieces) {
    yield {
      ...about,
      kind: 'table',
      name: 'pieces',
      columns: ['piece', 'drop', 'stroke', 'from', 'to', 'score', 'class', 'label'],
      rows: pieces.missing.map(({ drop, reading }, i) => {
        const { of, from, to } = pieces.cut[i] ?? { of: 0, from: 0, to: 0 };
        return [i + 1, drop, of + 1, from, to, reading.score, ...named(reading.class)];
      }),
      description: `${label}: what it loses without each piece, which goes from one share of the length of its stroke to another`,
    };
    yield { ...about, ...drops(pieces.missing), name: 'piece-drops', description: `${label}: what it loses without each piece` };
  }
  yield* prefixArtifacts(study, model, about, label);
  yield* pictures(study, model, about, `${input}: ${label}`);
}

/** Strokes that are not missed, in words. */
function hidden({ strokes, whole }: Study): string {
  const under = strokes.flatMap(({ reading }, i) => (reading === whole ? [i + 1] : []));
  return under.length > 0 ? `; the ink of others covers ${under.length === 1 ? 'stroke' : 'strokes'} ${under.join(', ')}` : '';
}

const drops = (missing: readonly Missing[]) =>
  ({ kind: 'tensor', shape: [missing.length], data: Float32Array.from(missing, ({ drop }) => drop) }) as const;

type About = Pick<Artifact, 'input' | 'layer' | 'unit'>;

function* prefixArtifacts({ prefixes, pieces, target }: Study, model: Model, about: About, label: string): Generator<Artifact> {
  const timed = prefixes.every(({ time }) => time !== undefined);
  yield {
    ...about,
    kind: 'table',
    name: 'prefix',
    columns: ['strokes', 'fraction', 'score', 'class', 'label', ...(timed ? ['time'] : [])],
    rows: prefixes.map(({ strokes, fraction, reading, time = 0 }) => [
      strokes,
      fraction,
      reading.score,
      reading.class,
      model.labels?.[reading.class] ?? '',
      ...(timed ? [time] : []),
    ]),
    description: `${label}: score and strongest class where the drawing breaks off after so many strokes, the share of all ink that is, and the milliseconds that it took where they are known`,
  };
  const plot = linePlot({
    title: pieces ? 'The drawing up to a share of its ink' : 'The drawing up to a stroke',
    xLabel: pieces ? 'share of the ink drawn' : 'strokes drawn',
    yLabel: scoreLabel(model, target),
    series: [{ name: 'score', points: prefixes.map(({ strokes, fraction, reading }) => [pieces ? fraction : strokes, reading.score]) }],
  });
  yield { ...about, kind: 'plot', name: 'prefix', plot, description: `${label}: score where the drawing breaks off` };
}

const ENDS = { low: 'speaks against', high: 'speaks for it' };

function* pictures({ drawing, strokes, pieces, whole }: Study, model: Model, about: About, label: string): Generator<Artifact> {
  const values = strokes.map(({ drop }) => drop);
  const caption = `${label}. ${spoken(strokes)}`;
  yield {
    ...about,
    kind: 'image',
    name: 'strokes',
    image: signedStrokes({ drawing, strokes: drawing.strokes, values, caption, ends: ENDS, numbered: drawing.strokes }),
    description: `${label}; strokes without which it falls in red, those without which it rises in blue`,
  };
  if (pieces)
    yield {
      ...about,
      kind: 'image',
      name: 'pieces',
      image: signedStrokes({
        drawing,
        strokes: pieces.cut.map(({ stroke }) => stroke),
        values: pieces.missing.map(({ drop }) => drop),
        caption: label,
        ends: ENDS,
      }),
      description: `${label}; pieces of strokes without which it falls in red, those without which it rises in blue`,
    };
  const most = mostImportant(pieces?.missing ?? strokes);
  if (most)
    yield {
      ...about,
      kind: 'image',
      name: 'seen',
      image: contactSheet(
        [
          seen(shownValues({ drawing }, model.input), 'whole', whole, model),
          seen(
            shownValues(most.missing.shown, model.input),
            `without ${pieces ? 'piece' : 'stroke'} ${most.index + 1}`,
            most.missing.reading,
            model,
          ),
        ],
        { columns: 2, gap: 6, background: [226, 228, 232] },
      ),
      description: `${label}; what the network sees of the whole drawing, and where the score falls most`,
    };
}

function seen(values: Float32Array, what: string, { score, class: strongest }: Reading, model: Model): Image {
  const view = networkView(values, model.input);
  return stacked([
    view,
    textBlock(`${what}: ${shortNumber(score)}, strongest ${model.labels?.[strongest] ?? `class ${strongest}`}`, view.width),
  ]);
}

/** What is missed most; of equals the first. */
function mostImportant(missing: readonly Missing[]): { readonly index: number; readonly missing: Missing } | undefined {
  const index = missing.reduce((best, { drop }, i) => (drop > (missing[best]?.drop ?? 0) ? i : best), 0);
  const found = missing[index];
  return found && { index, missing: found };
}

function spoken(strokes: readonly Missing[]): string {
  const most = mostImportant(strokes);
  return most ? `Without stroke ${most.index + 1}: ${shortNumber(most.missing.reading.score)}` : 'No strokes';
}
