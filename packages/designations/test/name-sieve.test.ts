import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadRegister } from '../src/load.ts';
import { NameIndex } from '../src/name-index.ts';
import { NameSieve } from '../src/name-sieve.ts';
import { listedKeys, nameKey, soundKey } from '../src/ship-names.ts';

const { designations } = loadRegister();
const names = designations.map(({ shipName }) => shipName);
const keys = names.flatMap(listedKeys);
const sounds = names.flatMap((name) => soundKey(name) ?? []);
/** Letters of which sounds are made of one and of two, so that pairs meet at every place. */
const soundful = fc.stringMatching(/^[AEIOUWCKPTHJZGQDBLRNG0-9 ]{0,24}$/);

describe('NameSieve', () => {
  it('lets every listed name through, as listed, cut, and by another romanisation', () => {
    const sieve = new NameSieve(keys, sounds);
    const spelt = names.map((name) => name.replaceAll('J', 'CH').replaceAll('KU', 'GU'));
    for (const name of [...names, ...spelt, ...names.map((name) => name.slice(0, 20))])
      if (keys.includes(nameKey(name)) || sounds.includes(soundKey(name) ?? ''))
        expect(sieve.mayHold(name), name).toBe(true);
  });

  it('never holds back a name that has a key or a sound among those let through', () => {
    fc.assert(
      fc.property(fc.oneof(soundful, fc.string({ maxLength: 70 })), (name) => {
        const sound = soundKey(name);
        expect(new NameSieve([nameKey(name)], []).mayHold(name)).toBe(true);
        if (sound !== null) expect(new NameSieve([], [sound]).mayHold(name)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('holds back nearly all names that no list has', () => {
    const sieve = new NameSieve(keys, sounds);
    const strangers = Array.from({ length: 2000 }, (_, n) => `EVER SO HONEST ${n}`);
    expect(strangers.filter((name) => sieve.mayHold(name)).length).toBeLessThan(20);
  });
});

describe('NameIndex', () => {
  it('finds the same as a look through all keys and sounds', () => {
    const index = new NameIndex(designations);
    const asked = [...names, 'CHIN TENG', 'PAEK YANG SAN', 'BAEK YANG SAN', '7-28', 'M/V ORION STAR', ''];
    for (const name of asked) {
      const isKnown = keys.includes(nameKey(name)) && nameKey(name) !== '';
      const isHeard = sounds.includes(soundKey(name) ?? '-');
      expect(index.find(name)?.isBySound ?? null, name).toBe(isKnown ? false : isHeard ? true : null);
    }
  });
});
