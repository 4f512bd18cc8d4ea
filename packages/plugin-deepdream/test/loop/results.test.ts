import { describe, expect, it } from 'vitest';
import { divergenceWarning } from '../../src/loop/results.js';

describe('the warning about a picture that diverged', () => {
  it('names what helps and is still open', () => {
    const texts = [
      divergenceWarning('film: frame 3', 'non-finite', 7, { canClamp: true }),
      divergenceWarning('dream', 'non-finite', 7, { canClamp: false, steps: 'smaller steps in --cycle' }),
      divergenceWarning('dream', 'saturated', 2, { canClamp: false }),
    ].map((event) => event.type === 'warning' && event.message);
    expect(texts).toMatchInlineSnapshot(`
      [
        "film: frame 3: the picture holds values that are not numbers, since the steps are too large; stopped after 7 iterations with the last good picture. Use a smaller --step or --clamp",
        "dream: the picture holds values that are not numbers, since the steps are too large; stopped after 7 iterations with the last good picture. Use smaller steps in --cycle",
        "dream: more than 80 % of the picture has reached the ends of the range it is clamped to; stopped after 2 iterations with the last good picture. Use a smaller --step, a regulariser such as --decay or --l2, or --no-guard",
      ]
    `);
  });
});
