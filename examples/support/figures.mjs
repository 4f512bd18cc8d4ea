// What figures.mjs of every example does: runs each config, prints the numbers of its runs, and puts the pictures of a figure side by side.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { absence } from './models.mjs';
import { isQuick, QUICK } from './quick.mjs';
import { metricLines, picturesOf } from './results.mjs';
import { sheet } from './sheet.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const network = process.env.FEATURESCOPE_EXAMPLE_MODEL ?? 'photonet';
/** Whether the user's own pictures are looked at. */
const isOwn = ['PICTURE', 'GUIDE', 'SKETCH', 'DATASET'].some((what) => process.env[`FEATURESCOPE_EXAMPLE_${what}`] !== undefined);

/**
 * Makes the figures of an example, or those that the command line names, and exits. `page` is the URL of the example's figures.mjs. A figure
 * has `pictures`: by the name of the file which artifacts it shows and how (see `picturesOf` and `sheet`). It may have `config`, the name
 * of its config where that is another; `model`, a network that it is made with whatever is chosen; `needs`, further networks; `missing`,
 * a reason for leaving it out; `env`, environment variables; `folder`, that of its results where it is not <network>/<config>; `report`,
 * a function from the folder of its results to the lines that are printed (the metrics unless given); `trains`, the config of a training
 * that goes before; `resume`, true where it goes on with what is there. Pictures go beside the example's page; those of a network that was
 * chosen, of the user's own pictures, or made quickly, to the results. An example with `hasQuick` takes --quick.
 */
export async function makeFigures(page, figures, { hasQuick = false } = {}) {
  const here = fileURLToPath(new URL('.', page));
  const results = `${root}out/${basename(here)}/`;
  const elsewhere = isOwn ? 'own' : hasQuick && isQuick ? 'quick' : network === 'photonet' ? undefined : network;
  const shown = elsewhere === undefined ? `${here}pictures/` : `${results}${elsewhere}/`;
  const chosen = process.argv.slice(2).filter((word) => !(hasQuick && word === QUICK));
  const unknown = chosen.filter((figure) => !(figure in figures));
  if (unknown.length > 0) {
    console.error(`figures: there is no ${unknown.join(', ')}; choose from ${Object.keys(figures).join(', ')}`);
    process.exit(2);
  }
  mkdirSync(shown, { recursive: true });
  let failed = 0;
  for (const figure of chosen.length > 0 ? chosen : Object.keys(figures)) {
    const { config = figure, model = network, needs = [], missing, env, trains, resume = false, ...given } = figures[figure];
    // Of a network that the user chose the command says itself what is wrong.
    const needed = model === network ? needs : [model, ...needs];
    const reason = missing ?? needed.map(absence).find((why) => why !== undefined);
    console.log(reason === undefined ? figure : `${figure}: left out, since ${reason}`);
    if (reason !== undefined) continue;
    const all = { FEATURESCOPE_EXAMPLE_MODEL: model, ...env };
    const isTrained = trains === undefined || featurescope(['train', `${here}${trains}.config.ts`, '--resume'], all);
    if (isTrained && featurescope(['run', `${here}${config}.config.ts`, ...(resume ? ['--resume'] : [])], all))
      await show(given, `${results}${given.folder ?? `${model}/${config}`}/`, shown);
    else failed++;
  }
  process.exit(failed > 0 ? 1 : 0);
}

/** Runs one command; whether it went well. */
function featurescope(words, env) {
  const command = [`${root}packages/cli/bin/featurescope.js`, ...words, '--quiet'];
  return spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;
}

/** Prints the numbers of a figure and makes its pictures. */
async function show({ report = metricLines, pictures }, folder, shown) {
  for (const line of report(folder)) console.log(`  ${line}`);
  for (const [name, { artifacts, input, ...layout }] of Object.entries(pictures)) {
    const paths = picturesOf(folder, artifacts, input);
    // Not every picture is there for every input: a mean over several is not there for one.
    if (paths.length > 0) await sheet(`${shown}${name}.webp`, paths, layout);
    else console.log(`  there is no ${artifacts.join(', ')} for ${name}`);
  }
}
