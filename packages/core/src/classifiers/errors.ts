import { FeaturescopeError } from '../errors.js';

const failure = (code: string, message: string): FeaturescopeError => new FeaturescopeError(`classifier/${code}`, message);

export const unfitLabels = (who: string, labels: number, rows: number) =>
  failure('unfit-labels', `${who}: ${labels} label(s) for ${rows} row(s). Expected one label a row and at least one row.`);

export const unknownLabel = (who: string, label: number, classes: number) =>
  failure(
    'unknown-label',
    `${who}: the label ${label} is none of the ${classes} classes. Expected a whole number from 0 to ${classes - 1}.`,
  );

export const unfitColumns = (who: string, given: number, expected: number) =>
  failure(
    'unfit-columns',
    `${who}: features of length ${given}, but it was trained on length ${expected}. Use features of the same networks.`,
  );

export const notFinite = (who: string, row: number) =>
  failure('not-finite', `${who}: row ${row} holds a number that is not finite. Check the network that made it, or leave the sample out.`);

export const tooFewClasses = (who: string, classes: number) =>
  failure('too-few-classes', `${who}: ${classes} class(es) with samples. Expected at least 2: add samples of another class.`);
