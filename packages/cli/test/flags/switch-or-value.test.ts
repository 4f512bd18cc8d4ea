import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CommandDefinition } from '../../src/command.js';
import { optionsTable } from '../../src/docs/options-table.js';
import { flagsOf } from '../../src/flags/flag.js';
import { parseCommand } from '../../src/parse.js';
import { capturedIo } from '../support/captured-io.js';

const options = z.strictObject({
  clamp: z
    .union([z.boolean(), z.tuple([z.number(), z.number()])])
    .optional()
    .describe('keep pixels in range'),
  blend: z
    .union([z.boolean(), z.enum(['ramp', 'box'])])
    .default(false)
    .describe('blend tiles'),
  layers: z
    .union([z.boolean(), z.array(z.string())])
    .optional()
    .describe('layers'),
  shift: z.number().optional().describe('shift'),
  grey: z.boolean().default(false).describe('no colour'),
});

const definition: CommandDefinition = {
  name: 'dream',
  summary: 'dreams',
  argument: '[inputs...]',
  flags: flagsOf(options),
  shows: [],
  run: async () => 0,
};

const read = (line: string): unknown => {
  const invocation = parseCommand(definition, line.split(' '), capturedIo('/'));
  return invocation && [invocation.options, invocation.positionals];
};
const message = (line: string): string => {
  try {
    return `no error: ${JSON.stringify(read(line))}`;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a flag that is true, false or something else', () => {
  it.each<[string, object, readonly string[]]>([
    ['--clamp', { clamp: true }, []],
    ['--no-clamp', { clamp: false }, []],
    ['--clamp true', { clamp: true }, []],
    ['--clamp false', { clamp: false }, []],
    ['--clamp=false', { clamp: false }, []],
    ['--clamp 0,255', { clamp: [0, 255] }, []],
    ['--clamp -1,1', { clamp: [-1, 1] }, []],
    ['--clamp=-1,1', { clamp: [-1, 1] }, []],
    ['--clamp -1', { clamp: [-1, -1] }, []],
    ['--clamp -.5,1e2 a.png', { clamp: [-0.5, 100] }, ['a.png']],
    ['--clamp a.png', { clamp: true }, ['a.png']],
    ['--clamp 3.png', { clamp: true }, ['3.png']],
    ['a.png --clamp --grey', { clamp: true, grey: true }, ['a.png']],
    ['--clamp --shift -3', { clamp: true, shift: -3 }, []],
    ['--clamp 0,1 --no-clamp', { clamp: false }, []],
    ['--no-clamp --clamp 0,1 a.png', { clamp: [0, 1] }, ['a.png']],
    ['--blend ramp a.png', { blend: 'ramp' }, ['a.png']],
    ['--blend a.png', { blend: true }, ['a.png']],
    ['--no-blend ramp', { blend: false }, ['ramp']],
    ['--layers conv1,conv2 --layers conv3', { layers: ['conv1', 'conv2', 'conv3'] }, []],
    ['--layers conv1 --no-layers', { layers: false }, []],
    ['--no-layers --layers conv1@3', { layers: ['conv1@3'] }, []],
    ['--grey false --clamp -- --no-clamp', { grey: false, clamp: true }, ['--no-clamp']],
  ])('%s', (line, expected, positionals) => {
    expect(read(line)).toEqual([expected, positionals]);
  });

  it('says what it takes when it is given something else', () => {
    expect(message('--clamp 3,x')).toMatchInlineSnapshot(
      `"featurescope dream: --clamp is "3,x", but takes true or false, or two numbers separated by a comma."`,
    );
    expect(message('--clamp=')).toMatchInlineSnapshot(
      `"featurescope dream: --clamp is "", but takes true or false, or two numbers separated by a comma."`,
    );
    expect(message('--clamp -1,x a.png')).toContain('--clamp is "-1,x", but takes true or false, or two numbers separated by a comma.');
    expect(message('--clamp=1,2,3')).toContain('--clamp is "1,2,3", but takes');
    expect(message('--no-clamp=0,1')).toMatchInlineSnapshot(
      `"featurescope dream: --no-clamp takes no value; write --clamp true or --clamp false."`,
    );
    expect(message('--blend=rampp')).toMatchInlineSnapshot(
      `"featurescope dream: --blend is "rampp", but takes true or false, or one of ramp, box."`,
    );
    expect(message('--clmap 0,1')).toContain('Did you mean --clamp?');
  });

  it('is explained in help and in the documentation', () => {
    const io = capturedIo('/');
    expect(parseCommand(definition, ['--help'], io)).toBeUndefined();
    const lines = io.out().split('\n');
    expect(lines.slice(lines.indexOf('Options:') + 1, lines.indexOf('Options:') + 6).join('\n')).toMatchInlineSnapshot(`
      "  --clamp [n,n], --no-clamp       keep pixels in range (true or false, or two numbers separated by a
                                        comma)
        --blend [ramp|box]              blend tiles (true or false, or one of ramp, box)
        --layers [text,…], --no-layers  layers (true or false, or names separated by commas)
        --shift <n>                     shift (a number)"
    `);
    expect(optionsTable(definition.flags)).toMatchInlineSnapshot(`
      "| flag                      | takes                                              | default | what it is           |
      | ------------------------- | -------------------------------------------------- | ------- | -------------------- |
      | \`--clamp\`, \`--no-clamp\`   | true or false, or two numbers separated by a comma |         | keep pixels in range |
      | \`--blend\`                 | true or false, or one of ramp, box                 |         | blend tiles          |
      | \`--layers\`, \`--no-layers\` | true or false, or names separated by commas        |         | layers               |
      | \`--shift\`                 | a number                                           |         | shift                |
      | \`--grey\`                  | true or false                                      |         | no colour            |"
    `);
  });
});
