import { describe, expect, it } from 'vitest';
import { makePlaces } from '../../src/plugins/places.ts';

const LIMITS = { mostAtOnce: 3, mostOfOne: 2, waitMs: 60_000, mostWaiting: 4, mostWaitingOfOne: 3 };
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'given',
    (error: unknown) => (error as { code: string }).code,
  );

/** Whether a promise is settled by now. */
async function isSettled(asked: Promise<unknown>): Promise<boolean> {
  const open = Symbol();
  return (await Promise.race([asked, Promise.resolve(open)])) !== open;
}

describe('places', () => {
  it('are given up to the number, and to the next in line when one is given back', async () => {
    const places = makePlaces(LIMITS);
    const [a] = [await places.take('a', 1), await places.take('a', 1), await places.take('b', 1)];
    const [third, fourth] = [places.take('b', 1), places.take('c', 1)];
    expect([await isSettled(third), await isSettled(fourth)]).toEqual([false, false]);
    a();
    const b = await third;
    expect(await isSettled(fourth)).toBe(false);
    b();
    (await fourth)();
  });

  it('let others pass who have not all of their own', async () => {
    const places = makePlaces(LIMITS);
    const a = await places.take('a', 2);
    const mine = places.take('a', 1);
    (await places.take('b', 1))();
    expect(await isSettled(mine)).toBe(false);
    a();
    await mine;
  });

  it('are not held by what costs more than is left', async () => {
    const places = makePlaces(LIMITS);
    const [a, b] = [await places.take('a', 2), await places.take('b', 1)];
    const large = places.take('c', 2);
    b();
    expect(await isSettled(large)).toBe(false);
    a();
    await large;
  });

  it('have no limit of one for whoever has no name', async () => {
    const places = makePlaces(LIMITS);
    for (let n = 0; n < 3; n++) await places.take(null, 1);
    expect(await codeOf(makePlaces({ ...LIMITS, waitMs: 1, mostAtOnce: 0 }).take(null, 1))).toBe('busy');
  });

  it('are refused after a while, saying whose limit it is', async () => {
    const places = makePlaces({ ...LIMITS, waitMs: 1 });
    await places.take('a', 2);
    expect(await codeOf(places.take('a', 1))).toBe('too-many-requests');
    await places.take('b', 1);
    expect(await codeOf(places.take('b', 1))).toBe('busy');
    expect(await codeOf(places.take('c', 1))).toBe('busy');
  });

  it('are refused at once where the line is long', async () => {
    const places = makePlaces(LIMITS);
    const held = [await places.take('a', 2), await places.take('b', 1)];
    const line = [1, 2, 3].map(() => places.take('a', 1));
    expect(await codeOf(places.take('a', 1))).toBe('too-many-requests');
    line.push(places.take('c', 1));
    expect(await codeOf(places.take('d', 1))).toBe('busy');
    for (const back of held) back();
    for (const one of line) (await one)();
    (await places.take('d', 1))();
  });
});
