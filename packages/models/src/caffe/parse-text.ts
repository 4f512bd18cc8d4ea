import { invalidPrototxt, solverGiven, unknownField } from './errors.js';
import type { NetParameter } from './messages.js';
import { enumName, enumNames, type FieldSchema, fieldNamed, fieldsOf, isEnum, isMessage, type MessageName } from './schema-lookup.js';
import { type Token, Tokens } from './text-tokens.js';

const MAX_DEPTH = 32;
const MAX_MESSAGES = 100_000;
const MAX_VALUES = 2_000_000;

type Fields = Record<string, unknown>;

/**
 * Reads the text format of a network (`.prototxt`). Messages that the schema does not know are skipped.
 * @throws FeaturescopeError naming `source` and the line
 */
export const parsePrototxt = (text: string, source: string): NetParameter => new Parser(text, source).net();

class Parser {
  private readonly tokens: Tokens;
  private messages = MAX_MESSAGES;
  private values = MAX_VALUES;

  constructor(
    text: string,
    private readonly source: string,
  ) {
    this.tokens = new Tokens(text, source);
  }

  net(): NetParameter {
    return this.fields('NetParameter', undefined, 0) as NetParameter;
  }

  private fail({ line, text, kind }: Token, expected: string): Error {
    const shown = kind === 'end' ? text : JSON.stringify(text.slice(0, 40));
    return invalidPrototxt(this.source, line, `found ${shown} where ${expected} was expected`);
  }

  /** The fields up to the closing bracket, or up to the end of the file. A message without a schema is only checked for its brackets. */
  private fields(name: MessageName | undefined, closing: string | undefined, depth: number): Fields {
    const start = this.tokens.peek();
    if (depth > MAX_DEPTH) throw invalidPrototxt(this.source, start.line, `messages are nested more than ${MAX_DEPTH} deep`);
    this.messages -= 1;
    if (this.messages < 0) throw invalidPrototxt(this.source, start.line, `there are more than ${MAX_MESSAGES} messages`);
    const message: Fields = {};
    for (;;) {
      if (closing !== undefined && this.tokens.skip(closing)) return message;
      if (closing === undefined && this.tokens.peek().kind === 'end') return message;
      this.field(message, name, depth);
      if (!this.tokens.skip(';')) this.tokens.skip(',');
    }
  }

  private field(message: Fields, name: MessageName | undefined, depth: number): void {
    const token = this.tokens.take();
    if (token.kind !== 'word') throw this.fail(token, 'the name of a field');
    const field = name && fieldNamed(name, token.text);
    const colon = this.tokens.skip(':');
    if (name !== undefined && field === undefined) this.unknown(name, token, depth);
    else if (colon && this.tokens.skip('[')) this.list(message, token, field, depth);
    else this.value(message, token, field, colon, depth);
  }

  /** Skips a message; a single value that the schema does not know may change the network. */
  private unknown(name: MessageName, token: Token, depth: number): void {
    if (depth === 0 && SOLVER_FIELDS.has(token.text)) throw solverGiven(this.source);
    const { kind, text } = this.tokens.peek();
    const single = kind !== 'symbol' || (text !== '{' && text !== '<');
    if (single)
      throw unknownField(
        this.source,
        token.line,
        name,
        token.text.slice(0, 100),
        fieldsOf(name).map(([key]) => key),
      );
    this.value({}, token, undefined, false, depth);
  }

  private list(message: Fields, token: Token, field: FieldSchema | undefined, depth: number): void {
    if (field && !field.repeated) throw invalidPrototxt(this.source, token.line, `the field "${token.text}" takes one value, not a list`);
    if (this.tokens.skip(']')) return;
    do this.value(message, token, field, true, depth);
    while (this.tokens.skip(','));
    if (!this.tokens.skip(']')) throw this.fail(this.tokens.peek(), 'a comma or the end of a list');
  }

  private value(message: Fields, key: Token, field: FieldSchema | undefined, colon: boolean, depth: number): void {
    const bracket = this.tokens.skip('{') ? '}' : this.tokens.skip('<') ? '>' : undefined;
    if (bracket !== undefined) {
      if (field && !isMessage(field.kind)) throw invalidPrototxt(this.source, key.line, `the field "${key.text}" is no message`);
      const known = field && isMessage(field.kind) ? field.kind : undefined;
      this.store(message, key, field, this.fields(known, bracket, depth + 1));
      return;
    }
    if (!colon) throw this.fail(this.tokens.peek(), `a colon or a bracket after "${key.text}"`);
    const token = this.tokens.take();
    if (token.kind === 'string') {
      let text = token.text;
      while (this.tokens.peek().kind === 'string') text += this.tokens.take().text;
      this.store(message, key, field, this.scalar({ ...token, text }, key, field));
    } else if (token.kind === 'word') this.store(message, key, field, this.scalar(token, key, field));
    else throw this.fail(token, `a value for "${key.text}"`);
  }

  private scalar(token: Token, key: Token, field: FieldSchema | undefined): unknown {
    if (field === undefined) return undefined;
    const { kind } = field;
    const read = token.kind === 'string' ? (kind === 'string' ? token.text : undefined) : wordAs(kind, token.text);
    if (read !== undefined) return read;
    const expected = isEnum(kind) ? `one of ${enumNames(kind).slice(0, 8).join(', ')}` : (EXPECTED[kind] ?? 'a message');
    throw this.fail(token, `${expected} for "${key.text}"`);
  }

  private store(message: Fields, key: Token, field: FieldSchema | undefined, value: unknown): void {
    this.values -= 1;
    if (this.values < 0) throw invalidPrototxt(this.source, key.line, `there are more than ${MAX_VALUES} values`);
    if (field === undefined) return;
    const before = message[key.text];
    if (Array.isArray(before)) before.push(value);
    else if (field.repeated) message[key.text] = [value];
    else if (before === undefined) message[key.text] = value;
    else throw invalidPrototxt(this.source, key.line, `the field "${key.text}" is given twice`);
  }
}

/** Fields that the files with a network have not. */
const SOLVER_FIELDS: ReadonlySet<string> = new Set([
  'net',
  'net_param',
  'train_net',
  'test_net',
  'train_net_param',
  'test_iter',
  'base_lr',
  'lr_policy',
  'max_iter',
]);

const EXPECTED: Readonly<Record<string, string>> = {
  int: 'a whole number',
  float: 'a number',
  bool: 'true or false',
  string: 'text in quotes',
};

const INTEGER = /^[+-]?(?:0[xX][0-9a-fA-F]+|\d+)$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fF]?$/;

/** A word as a value of this kind, undefined when it is none. */
const wordAs = (kind: string, word: string): unknown => {
  if (isEnum(kind)) {
    if (enumNames(kind).includes(word)) return word;
    return INTEGER.test(word) ? enumName(kind, Number(word)) : undefined;
  }
  switch (kind) {
    case 'int':
      return INTEGER.test(word) ? integer(word) : undefined;
    case 'float':
      return float(word);
    case 'bool':
      return BOOLEANS.get(word);
    default:
      return undefined;
  }
};

const integer = (word: string): number => {
  const negative = word.startsWith('-');
  const value = Number(word.replace(/^[+-]/, ''));
  return negative ? -value : value;
};

const float = (word: string): number | undefined => {
  if (NUMBER.test(word)) return Number(word.replace(/[fF]$/, ''));
  const [, sign, name] = /^([+-]?)(inf|infinity|nan)$/i.exec(word) ?? [];
  if (name === undefined) return undefined;
  return name.toLowerCase() === 'nan' ? Number.NaN : sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
};

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['True', true],
  ['t', true],
  ['1', true],
  ['false', false],
  ['False', false],
  ['f', false],
  ['0', false],
]);
