import type { InputSpec } from '@featurescope/core';
import { arrayInput, flatPicture, pictureInput } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import type { Part } from '../../src/correspondence/parts/part.js';
import { placeParts, seenBox } from '../../src/correspondence/place.js';

const spec: InputSpec = { size: [20, 20], channels: 3, fixedSize: false };
const cropped: InputSpec = {
  ...spec,
  preprocessing: { channelOrder: 'rgb', scale: 1, mean: [0, 0, 0], std: [1, 1, 1], resizeShortSide: 20 },
};
const picture = (name: string, height = 40, width = 80) => pictureInput(name, flatPicture([height, width]));
const part = (input: string, name = 'nose', box: Partial<Part> = {}): Part => ({
  input,
  part: name,
  top: 4,
  left: 8,
  height: 8,
  width: 16,
  ...box,
});
const list = (...parts: Part[]) => ({ source: 'parts.csv', parts: parts.map((one, i) => ({ ...one, place: `line ${i + 2}` })) });
const inputs = [picture('dog1'), picture('dog2'), picture('dog3')];
const placed = (...parts: Part[]) => placeParts(inputs, list(...parts), spec, true);

describe('a box on the picture that the network sees', () => {
  it('is scaled as the picture is', () => {
    expect(seenBox(part(''), { size: [40, 80], raw: false }, spec).box).toEqual({ top: 2, left: 2, height: 4, width: 4 });
    expect(seenBox(part('', '', { height: 0.1, width: 0.1 }), { size: [40, 80], raw: false }, spec).box).toMatchObject({
      height: 1,
      width: 1,
    });
  });

  it('is moved and cut where the picture is cropped', () => {
    // 40×80 becomes 20×40, of which columns 10 to 29 are kept.
    const of = (left: number, width = 16) => seenBox(part('', '', { left, width }), { size: [40, 80], raw: false }, cropped);
    expect(of(30)).toEqual({ box: { top: 2, left: 5, height: 4, width: 8 }, isCut: false });
    expect(of(10)).toEqual({ box: { top: 2, left: 0, height: 4, width: 3 }, isCut: true });
    expect(of(56)).toEqual({ box: { top: 2, left: 18, height: 4, width: 2 }, isCut: true });
    expect(of(0).box).toBeUndefined();
    expect(of(60).box).toBeUndefined();
  });

  it('stays where it is in an array', () => {
    expect(seenBox(part(''), { size: [40, 80], raw: true }, cropped).box).toEqual({ top: 4, left: 8, height: 8, width: 16 });
  });
});

describe('marked pictures', () => {
  it('are found by name, path or file name, or all at once', () => {
    const { pictures, parts, warnings } = placed(part('dog1'), part('dog2.png'), part('*', 'eye'));
    expect(pictures.map(({ input, boxes }) => [input.name, [...boxes.keys()]])).toEqual([
      ['dog1', ['nose', 'eye']],
      ['dog2', ['nose', 'eye']],
      ['dog3', ['eye']],
    ]);
    expect(parts).toEqual(['nose', 'eye']);
    expect(warnings).toEqual([]);
  });

  it('leave out, with a warning, pictures without a part and parts of a single picture', () => {
    const { pictures, parts, warnings } = placed(part('dog1'), part('dog2'), part('dog2', 'tail'));
    expect(pictures.map(({ input }) => input.name)).toEqual(['dog1', 'dog2']);
    expect(parts).toEqual(['nose']);
    expect(warnings).toEqual([
      'correspondence: no part is marked, so they are left out, in "dog3".',
      'correspondence: left out, since they are marked in one picture only: "tail".',
    ]);
  });

  it('must be among the inputs', () => {
    expect(() => placed(part('dog1'), part('dog7'), part('cat'), part('dog7', 'eye'))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: correspondence: parts.csv names 2 pictures that are not among the 3 inputs: "dog7", "cat". 2 inputs have no part: "dog2", "dog3". Did you mean "dog1", "dog2" or "dog3"? A picture is named as the run names it, or by its path.]`,
    );
  });

  it('must be two at least, with a part in common', () => {
    expect(() => placeParts([picture('dog1')], list(part('dog1')), spec, true)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: correspondence: was given 1 picture ("dog1"), but pictures are compared with each other: give at least two with the same part marked.]`,
    );
    expect(() => placed(part('dog1'), part('dog1', 'eye'))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: correspondence: only 1 of 3 pictures has a marked part ("dog1"), but pictures are compared with each other: give at least two with the same part marked.]`,
    );
    expect(() => placed(part('dog1'), part('dog2', 'eye'))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: correspondence: no part is marked in two pictures: "nose", "eye" are each marked in one. Give the same part the same name in every picture.]`,
    );
  });

  it('must hold their boxes', () => {
    const far = part('dog2', 'eye', { top: 33 });
    expect(() => placed(part('dog1'), far, part('dog3', 'nose', { left: 65 }))).toThrowErrorMatchingInlineSnapshot(`
      [FeaturescopeError: correspondence: 2 boxes of parts.csv reach beyond the picture:
        line 3: "eye" of "dog2", 40 high and 80 wide
        line 4: "nose" of "dog3", 40 high and 80 wide
      Expected top + height and left + width within the picture as it is on disk, in pixels.]
    `);
    const cut = list(part('dog1', 'ear', { left: 0 }), part('dog2', 'ear'));
    expect(() => placeParts(inputs, cut, cropped, true)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: correspondence: parts.csv, line 2: "ear" of "dog1" lies in the border that is cut away when the picture is brought to the size of the network. Crop the picture closer to a square, or leave the part out.]`,
    );
    expect(
      placeParts(inputs, list(part('dog1', 'ear', { left: 18 }), part('dog2', 'ear', { left: 30 })), cropped, true).warnings.at(-1),
    ).toBe('correspondence: cut at the border of what the network sees of the picture: "ear" of "dog1".');
  });

  it('have each part once, and none called random', () => {
    expect(() => placed(part('dog1'), part('*'))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: correspondence: parts.csv marks "nose" of "dog1" twice, in line 2 and line 3. Give each part of a picture once.]`,
    );
    expect(() => placed(part('*', 'random'))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: correspondence: a part cannot be called "random", which stands for random boxes in the results. Give it another name, or --random 0.]`,
    );
    expect(placeParts(inputs, list(part('*', 'random')), spec, false).parts).toEqual(['random']);
  });

  it('may be arrays', () => {
    const arrays = ['a', 'b'].map((name) => arrayInput(name, [40, 80, 3], new Float32Array(9600)));
    expect(placeParts(arrays, list(part('*')), cropped, true).pictures[1]?.boxes.get('nose')).toMatchObject({ top: 4, left: 8 });
  });
});
