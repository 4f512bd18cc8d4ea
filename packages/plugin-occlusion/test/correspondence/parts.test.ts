import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonErrorLine } from '../../src/correspondence/parts/json-error.js';
import { partsOf } from '../../src/correspondence/parts/read-parts.js';

const nose = { input: 'dog1', part: 'nose', top: 10, left: 20.5, height: 8, width: 9 };
const eye = { input: 'a, b', part: 'left "eye"', top: 0, left: 0, height: 4, width: 4 };
const plain = (text: string) => partsOf(text, 'parts').map(({ place: _, ...part }) => part);

describe('a list of parts', () => {
  it('is the same in JSON and in CSV, columns in any order, cells in quotes, lines of Windows', () => {
    const csv = ['\uFEFFpart,input,left,top,width,height', 'nose,dog1,20.5,10,9,8', '', '"left ""eye""", "a, b" ,0,0,4,4', ''].join('\r\n');
    expect(plain(csv)).toEqual([nose, eye]);
    expect(plain(JSON.stringify([nose, eye], null, 2))).toEqual([nose, eye]);
  });

  it('tells where each part stands', () => {
    expect(partsOf('input,part,top,left,height,width\n\ndog,eye,1,2,3,4\n', 'p.csv')[0]?.place).toBe('line 3');
    expect(partsOf(JSON.stringify([nose, eye]), 'p.json').map(({ place }) => place)).toEqual(['entry 1', 'entry 2']);
  });

  it('says which line of a CSV file is wrong', () => {
    const lines = (...rows: string[]) => ['input,part,top,left,height,width', ...rows].join('\n');
    expect(() => partsOf('input,part,top,left', 'p.csv')).toThrow('p.csv, line 1: its columns height, width are missing');
    expect(() => partsOf('input,part,top,left,height,width,score\n', 'p.csv')).toThrow('line 1: it names the columns input,');
    expect(() => partsOf(lines('dog,eye,1,2,3,4', 'dog,nose,1,2,3'), 'p.csv')).toThrow('p.csv, line 3: it has 5 cells for 6 columns');
    expect(() => partsOf(lines('dog,eye,1,2,three,4'), 'p.csv')).toThrow('p.csv, line 2, "height": invalid input: expected number');
    expect(() => partsOf(lines('dog,eye,1,2,,4'), 'p.csv')).toThrow('p.csv, line 2, "height"');
    expect(() => partsOf(lines('dog,eye,-1,2,3,4'), 'p.csv')).toThrow('p.csv, line 2, "top": too small');
    expect(() => partsOf(lines('dog,"eye,1,2,3,4'), 'p.csv')).toThrow('p.csv, line 2: a quote is out of place');
  });

  it('says which line or entry of a JSON file is wrong', () => {
    expect(() => partsOf('[\n  { "input": "dog",\n    "part" "eye" }\n]', 'p.json')).toThrow('p.json, line 3: it is not valid JSON there');
    expect(() => partsOf('{ "dog": [] }', 'p.json')).toThrow('p.json, line 1: it is no list');
    expect(() => partsOf(JSON.stringify([nose, { ...nose, width: 0 }]), 'p.json')).toThrow('p.json, entry 2, "width": too small');
    expect(() => partsOf(JSON.stringify([{ ...nose, score: 1 }]), 'p.json')).toThrow('p.json, entry 1: unrecognized key: "score"');
  });
});

describe('the line of an error in JSON', () => {
  it.each([
    ['[1,\n2,\n]', 3],
    ['[1\n2]', 2],
    ['{"a":1,\n"b":}', 2],
    ['{"a":1\n,b:2}', 2],
    ['[\n"open\n]', 2],
    ['[1, 2', 1],
    ['[]\n\n]', 3],
    ['[1]\n{}', 2],
    ['[01]', 1],
    ['{"a": [1, 2}\n]', 1],
  ])('of %j is %i', (text, line) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(jsonErrorLine(text)).toBe(line);
  });

  it('is that of a foreign character anywhere in JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 0, max: 20 }), (json, before) => {
        const text = `${'\n'.repeat(before)}[${json},\n${json},\n §]`;
        expect(jsonErrorLine(text)).toBe(before + 3);
      }),
    );
  });
});
