import { invalidPrototxt } from './errors.js';

/** A piece of a text-format file. Numbers and names are `word`s; the text of a string is unescaped. */
export interface Token {
  readonly kind: 'word' | 'string' | 'symbol' | 'end';
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

/** White space and comments, then a word, a symbol or the beginning of a string. */
const SPACE = /(?:\s|#[^\n]*)*/y;
const WORD = /[\w.+-]+/y;
const SYMBOL = /[{}<>[\]:;,]/y;
const STRING = /"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'/y;
const ESCAPE = /\\([0-7]{1,3}|[xX][0-9a-fA-F]{1,2}|.)/g;

const LETTERS: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11 };

/** Splits protobuf's text format into tokens, one at a time. @throws FeaturescopeError naming `source` and the line */
export class Tokens {
  private at = 0;
  private line = 1;
  private next: Token | undefined;

  constructor(
    private readonly text: string,
    private readonly source: string,
  ) {}

  peek(): Token {
    this.next ??= this.read();
    return this.next;
  }

  take(): Token {
    const token = this.peek();
    this.next = undefined;
    return token;
  }

  /** Takes the next token if it is this symbol. */
  skip(symbol: string): boolean {
    const { kind, text } = this.peek();
    if (kind !== 'symbol' || text !== symbol) return false;
    this.take();
    return true;
  }

  private read(): Token {
    for (const character of this.match(SPACE)) if (character === '\n') this.line += 1;
    const { line } = this;
    if (this.at >= this.text.length) return { kind: 'end', text: 'the end of the file', line };
    const symbol = this.match(SYMBOL);
    if (symbol !== '') return { kind: 'symbol', text: symbol, line };
    const word = this.match(WORD);
    if (word !== '') return { kind: 'word', text: word, line };
    const string = this.match(STRING);
    if (string !== '') return { kind: 'string', text: unescaped(string.slice(1, -1)), line };
    const character = this.text.charAt(this.at);
    const problem = character === '"' || character === "'" ? 'a string is not closed' : `unexpected ${JSON.stringify(character)}`;
    throw invalidPrototxt(this.source, line, problem);
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }
}

/** Escapes stand for bytes, which together are UTF-8. */
const unescaped = (text: string): string => {
  if (!text.includes('\\')) return text;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  let from = 0;
  for (const { 0: whole, 1: code = '', index } of text.matchAll(ESCAPE)) {
    bytes.push(...encoder.encode(text.slice(from, index)), byteOf(code));
    from = index + whole.length;
  }
  bytes.push(...encoder.encode(text.slice(from)));
  return new TextDecoder().decode(Uint8Array.from(bytes));
};

const byteOf = (code: string): number => {
  if (/^[0-7]/.test(code)) return Number.parseInt(code, 8) & 255;
  if (/^[xX]./.test(code)) return Number.parseInt(code.slice(1), 16);
  return LETTERS[code] ?? code.charCodeAt(0);
};
