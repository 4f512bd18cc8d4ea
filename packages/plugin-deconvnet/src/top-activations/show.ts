import { ancestors, type VisualizerEvent } from '@featurescope/core';
import { changesOf } from './changes.js';
import type { Plan } from './look.js';
import { POLICIES } from './options.js';
import { type Cell, cellsOf } from './pictures.js';
import { type ProjectionJob, projections } from './project.js';
import { encodeState, type State } from './state.js';
import { batchSize } from './tracking/batch-size.js';
import type { RankedLayer, Ranking } from './tracking/ranking.js';
import { drawnUnits, sheetArtifact, type UnitPicture, unitArtifacts } from './unit-artifacts.js';

/** Projects what the ranking holds, layer by layer: pictures and numbers of each unit, a sheet of each layer. `before` steps are done. */
export async function* show(plan: Plan, state: State, before: number): AsyncGenerator<VisualizerEvent> {
  const { ranking } = state;
  let done = before;
  for (const [index, ranked] of ranking.layers.entries()) {
    const jobs = jobsOf(ranked, ranking);
    if (index >= state.projected) {
      yield* showLayer(plan, ranking, ranked, jobs, done);
      await plan.context.state.save(encodeState({ ...state, projected: index + 1 }));
    }
    done += jobs.length;
  }
}

const jobsOf = ({ layer, units }: RankedLayer, ranking: Ranking): readonly ProjectionJob[] =>
  ranking.strongest(layer).flatMap((list, place) => list.map((strong) => ({ unit: units[place] ?? 0, strong })));

async function* showLayer(
  { visualizer, context, options, stimuli, total }: Plan,
  ranking: Ranking,
  ranked: RankedLayer,
  jobs: readonly ProjectionJob[],
  before: number,
): AsyncGenerator<VisualizerEvent> {
  const { model, signal, random } = context;
  const { layer, units } = ranked;
  const lists = ranking.strongest(layer);
  const below = ancestors(model.network, [layer]);
  const network = model.layers.filter(({ name }) => below.has(name));
  const batch = batchSize(jobs.length, network, options.batchSize);
  const cellOf = cellsOf(model, layer);
  const drawn = drawnUnits(ranked, lists, options.sheetUnits, random);
  const changes = changesOf(layer);
  const sheet: UnitPicture[] = [];
  let cells: Cell[] = [];
  let done = before;
  const policy = POLICIES[options.policy];
  for await (const projection of projections({ visualizer, model, layer, jobs, stimuli, policy, batch, signal })) {
    const { unit } = projection.job;
    const list = lists[units.indexOf(unit)] ?? [];
    changes.compare(projection, list[0]?.value ?? 0);
    cells.push(cellOf(projection));
    done++;
    if (cells.length < list.length) continue;
    const { artifacts, picture } = unitArtifacts({ layer, unit, list, cells }, options.tensors);
    for (const artifact of artifacts) yield { type: 'artifact', artifact };
    if (drawn.has(unit)) sheet.push(picture);
    cells = [];
    yield { type: 'progress', done, total, label: `${layer}, unit ${unit}` };
  }
  const message = changes.message();
  if (message !== undefined) yield { type: 'warning', message };
  if (sheet.length > 0) yield { type: 'artifact', artifact: sheetArtifact(ranked, sheet) };
}
