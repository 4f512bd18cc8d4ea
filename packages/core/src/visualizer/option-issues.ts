import type { z } from 'zod';
import { alternatives, didYouMean, nearest } from '../suggest.js';

type Issue = z.core.$ZodIssue;

/** One line for each thing that is wrong with given options: what was given, what was expected, the nearest valid name. */
export const describeIssues = (error: z.ZodError, given: unknown, known: readonly string[]): string[] =>
  error.issues.flatMap((issue) => describeIssue(issue, given, known));

function describeIssue(issue: Issue, given: unknown, known: readonly string[]): string[] {
  const path = issue.path.map(String).join('.');
  const value = valueAt(given, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const candidates = issue.path.length === 0 ? known : [];
    return issue.keys.map(
      (key) => `"${path ? `${path}.` : ''}${key}" is not known.${didYouMean(key, candidates) || ' It has no such option.'}`,
    );
  }
  const name = path ? `"${path}"` : 'the options';
  const nearby = issue.code === 'invalid_value' && typeof value === 'string' ? suggestion(value, issue.values.map(String)) : '';
  return [`${name}: given ${shown(value)}, expected ${expectation(issue)}.${nearby}`];
}

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return [...new Set(issue.errors.map((errors) => errors.map(expectation).join(' and ')))].join(', or ');
  }
  if (issue.code === 'invalid_value') return issue.values.length === 1 ? shown(issue.values[0]) : alternatives(issue.values.map(String));
  if (issue.code === 'invalid_type') return EXPECTED[issue.expected] ?? `a value of type ${issue.expected}`;
  if (issue.code === 'too_small' || issue.code === 'too_big') return boundary(issue);
  return issue.message.replace(/^.*expected /i, '').replace(/\.$/, '');
}

const EXPECTED: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object of options',
  string: 'a text',
  tuple: 'a list',
};

function boundary(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const [limit, word] = issue.code === 'too_small' ? [issue.minimum, 'least'] : [issue.maximum, 'most'];
  const plural = Number(limit) === 1 ? '' : 's';
  if (issue.origin === 'array') return `at ${word} ${limit} element${plural}`;
  if (issue.origin === 'string') return `at ${word} ${limit} character${plural}`;
  if (issue.inclusive === false) return `a number ${issue.code === 'too_small' ? 'greater' : 'less'} than ${limit}`;
  return `${issue.origin === 'int' ? 'a whole number' : 'a number'} of at ${word} ${limit}`;
}

const suggestion = (value: string, names: readonly string[]): string => ` Did you mean ${alternatives(nearest(value, names, 1))}?`;

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), given);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
