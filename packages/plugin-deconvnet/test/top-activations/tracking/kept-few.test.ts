import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptFew } from '../../../src/top-activations/tracking/kept-few.js';

describe('keptFew', () => {
  it('keeps what was last asked for, never more than the few, and frees everything once', async () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(names, fc.integer({ min: 1, max: 4 }), async (asked, most) => {
        const alive = new Map<number, string>();
        let made = 0;
        const kept = keptFew<number>(most, (thing) => {
          if (!alive.delete(thing)) throw new Error(`${thing} was freed twice`);
        });
        const make = (name: string) => async () => {
          await Promise.resolve();
          alive.set(made, name);
          if (alive.size > most) throw new Error(`${alive.size} are alive`);
          return made++;
        };
        for (const [i, name] of asked.entries()) {
          expect(alive.get(await kept.get(name, make(name)))).toBe(name);
          const recent = [...new Set(asked.slice(0, i + 1).toReversed())].slice(0, most);
          expect([...alive.values()].toSorted()).toEqual(recent.toSorted());
        }
        await kept.dispose();
        expect(alive.size).toBe(0);
      }),
    );
  });

  it('makes a thing once for those who ask at the same time, and passes on that it could not be made', async () => {
    const freed: string[] = [];
    const kept = keptFew<string>(2, (thing) => void freed.push(thing));
    let made = 0;
    const make = async () => `thing ${made++}`;
    expect(await Promise.all([kept.get('a', make), kept.get('a', make)])).toEqual(['thing 0', 'thing 0']);
    await expect(kept.get('b', () => Promise.reject(new Error('planned')))).rejects.toThrow('planned');
    expect(await kept.get('c', make)).toBe('thing 1');
    await kept.dispose();
    // The one that could not be made had taken the place of the first.
    expect(freed).toEqual(['thing 0', 'thing 1']);
  });
});
