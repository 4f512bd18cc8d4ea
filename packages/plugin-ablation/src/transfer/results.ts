import type { Artifact } from '@featurescope/core';
import type { ClassifierName } from '../classifiers/kinds.js';
import { meanAccuracy, overFolds } from './accuracy.js';
import type { TransferOptions } from './options.js';
import { type Outcome, SCRATCH } from './outcome.js';
import type { Plan } from './plan.js';
import { curvePlot, layerPlot } from './plots.js';

export interface Results {
  /** Names of the network and the data set. */
  readonly model: string;
  readonly dataset: string;
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
  readonly options: TransferOptions;
}

/** All folds of one kind of features, classifier and number of training pictures; accuracies in percent. */
export interface Summary {
  readonly features: string;
  readonly classifier: ClassifierName;
  readonly perClass: number;
  readonly mean: number;
  /** Standard deviation over folds; left out for one fold. */
  readonly deviation?: number;
  readonly folds: number;
}

/** Summaries in the order of the network, from scratch last, then by classifier and number of pictures. */
export function summaries({ plan, outcomes, options }: Pick<Results, 'plan' | 'outcomes' | 'options'>): readonly Summary[] {
  const features = [...plan.sources.map(({ name }) => name), SCRATCH];
  return features.flatMap((one) =>
    [...new Set(options.classifiers)]
      .concat(one === SCRATCH && !options.classifiers.includes('softmax') ? ['softmax'] : [])
      .flatMap((classifier) =>
        plan.perClass.flatMap((perClass) => {
          const own = outcomes.filter((o) => o.features === one && o.classifier === classifier && o.perClass === perClass);
          return own.length === 0 ? [] : [{ features: one, classifier, perClass, ...overFolds(own.map(meanAccuracy)), folds: own.length }];
        }),
      ),
  );
}

export function artifactsOf(results: Results): readonly Artifact[] {
  const { plan } = results;
  const rows = summaries(results);
  return [
    {
      kind: 'table',
      name: 'transfer',
      description: `mean over classes of the accuracy of each, in percent: mean and standard deviation over folds; ${aboutOf(results).join(', ')}`,
      columns: ['features', 'classifier', 'perClass', 'mean', 'deviation', 'folds'],
      rows: rows.map((row) => [row.features, row.classifier, row.perClass, hundredths(row.mean), shownDeviation(row), row.folds]),
    },
    layerTable(results, rows),
    classTable(results),
    {
      kind: 'plot',
      name: 'accuracy',
      description: 'accuracy over the number of training pictures',
      plot: curvePlot(titleOf(results), aboutOf(results), rows, plan),
    },
    {
      kind: 'plot',
      name: 'layers',
      description: 'accuracy over layers, with the most training pictures',
      plot: layerPlot(titleOf(results), aboutOf(results), rows, plan),
    },
    { kind: 'json', name: 'protocol', description: 'classes, features and chosen regularisation', value: protocolOf(results) },
  ];
}

/** Classes that a title has room for. */
const MOST_NAMED = 4;

function titleOf({ model, plan: { classes } }: Results): string {
  const shown = classes.length > MOST_NAMED ? `${classes.length} classes` : classes.map(({ name }) => name).join(', ');
  return `Features of ${model} for ${shown}`;
}

const aboutOf = ({ dataset, plan: { folds } }: Results): readonly string[] => [
  dataset,
  `${folds.length} ${folds.length === 1 ? 'fold' : 'folds'}`,
];

const hundredths = (value: number): number => Math.round(value * 100) / 100;

const shownDeviation = ({ deviation }: Summary): number | string => (deviation === undefined ? '' : hundredths(deviation));

/** As the paper prints it: one row a layer, with the most training pictures. */
function layerTable({ plan, options }: Results, rows: readonly Summary[]): Artifact {
  const most = plan.perClass.at(-1) ?? 0;
  const classifiers = [...new Set(options.classifiers)];
  const cell = (features: string, classifier: string): string => {
    const found = rows.find((row) => row.features === features && row.classifier === classifier && row.perClass === most);
    if (!found) return '';
    return found.deviation === undefined ? found.mean.toFixed(1) : `${found.mean.toFixed(1)} ± ${found.deviation.toFixed(1)}`;
  };
  return {
    kind: 'table',
    name: 'layers',
    description: `accuracy in percent by layer, ${most} training pictures a class`,
    columns: ['features', 'index', 'map', 'length', ...classifiers],
    rows: plan.sources.map(({ name, index, shape, cells }) => [
      name,
      index,
      shape.join('×'),
      cells.length,
      ...classifiers.map((classifier) => cell(name, classifier)),
    ]),
  };
}

function classTable({ plan, outcomes }: Results): Artifact {
  const place = (features: string): number => {
    const found = plan.sources.findIndex(({ name }) => name === features);
    return found < 0 ? plan.sources.length : found;
  };
  const sorted = [...outcomes].sort(
    (a, b) =>
      place(a.features) - place(b.features) || a.classifier.localeCompare(b.classifier) || a.perClass - b.perClass || a.fold - b.fold,
  );
  return {
    kind: 'table',
    name: 'classes',
    description: 'accuracy of each class in each fold, in percent',
    columns: ['features', 'classifier', 'perClass', 'fold', 'class', 'accuracy', 'right', 'tested'],
    rows: sorted.flatMap(({ features, classifier, perClass, fold, right, tested }) =>
      plan.classes.map(({ name }, label) => {
        const [good, all] = [right[label] ?? 0, tested[label] ?? 0];
        return [features, classifier, perClass, fold, name, hundredths((100 * good) / all), good, all];
      }),
    ),
  };
}

function protocolOf({ plan, outcomes, options }: Results): unknown {
  return {
    classes: plan.classes.map(({ name, items }, label) => ({
      name,
      pictures: items.length,
      tested: plan.folds.map(({ tested }) => tested[label]?.length ?? 0),
    })),
    features: plan.sources.map(({ name, index, shape, cells }) => ({
      name,
      index,
      map: shape,
      cells: [cells.rows, cells.columns],
      pool: cells.pool,
      length: cells.length,
    })),
    normalise: options.normalise,
    strengths: outcomes.flatMap(({ features, classifier, perClass, fold, strength }) =>
      strength === undefined ? [] : [{ features, classifier, perClass, fold, [classifier === 'svm' ? 'c' : 'l2']: strength }],
    ),
  };
}
