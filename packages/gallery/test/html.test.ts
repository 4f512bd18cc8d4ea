import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml, html, raw, urlOf } from '../src/html.js';

describe('html', () => {
  it('escapes what is not markup', () => {
    expect(html`<a title="${'"<&>\''}">${[1, html`<b>${'<'}</b>`, undefined, false, raw('<i>')]}</a>`.markup).toBe(
      '<a title="&quot;&lt;&amp;&gt;&#39;">1<b>&lt;</b><i></a>',
    );
  });

  it('never lets a tag, a quote or a control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
        expect(escapeHtml(text)).not.toMatch(/[<>"'\0-\x08\x0b\x0c\x0e-\x1f]/);
      }),
    );
  });
});

describe('urlOf', () => {
  it.each([
    ['01-dream/image.png', './01-dream/image.png'],
    ['a b/#?%.png', './a%20b/%23%3F%25.png'],
    ['javascript:alert(1)', './javascript%3Aalert(1)'],
  ])('%s → %s', (path, url) => expect(urlOf(path)).toBe(url));

  it.each(['', '..', '../x', 'a/../../x', '/etc/passwd', 'a//b', './a', 'a\\b'])('"%s" is no file of the run', (path) =>
    expect(urlOf(path)).toBeUndefined(),
  );
});
