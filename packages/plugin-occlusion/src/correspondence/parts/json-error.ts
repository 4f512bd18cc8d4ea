const TOKEN =
  /([{}[\],:])|("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-f]{4}))*")|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null)/giuy;

type Expected = 'value' | 'first value' | 'first key' | 'key' | 'colon' | 'comma' | 'end';

/** The line, counted from 1, of the first place at which text is no JSON; messages of JSON.parse differ between engines. */
export function jsonErrorLine(text: string): number {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    while (/\s/.test(text.charAt(at))) at++;
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    const next: Expected | undefined | null = token && after(expected, token[1] ?? (token[2] === undefined ? 'literal' : 'text'), open);
    if (!token || !next) return text.slice(0, at).split('\n').length;
    expected = next;
    at = TOKEN.lastIndex;
  }
}

/** What may come after a token; undefined when the token must not stand there. Keeps the stack of open brackets. */
function after(expected: Expected, token: string, open: ('{' | '[')[]): Expected | undefined {
  const closed = (): Expected => (open.length === 0 ? 'end' : 'comma');
  const close = (bracket: '{' | '['): Expected | undefined => (open.pop() === bracket ? closed() : undefined);
  switch (expected) {
    case 'first value':
    case 'value':
      if (token === ']' && expected === 'first value') return close('[');
      if (token === '[' || token === '{') {
        open.push(token);
        return token === '[' ? 'first value' : 'first key';
      }
      return token === 'literal' || token === 'text' ? closed() : undefined;
    case 'first key':
    case 'key':
      if (token === '}' && expected === 'first key') return close('{');
      return token === 'text' ? 'colon' : undefined;
    case 'colon':
      return token === ':' ? 'value' : undefined;
    case 'comma':
      if (token === ',') return open.at(-1) === '{' ? 'key' : 'value';
      return token === ']' ? close('[') : token === '}' ? close('{') : undefined;
    case 'end':
      return undefined;
  }
}
