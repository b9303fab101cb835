import { mooredAt, type Fix } from '@offing/rules';
import { madeUpGazetteer } from '@offing/testkit';
import { AIS_CLASS } from '@offing/track';
import { describe, expect, test } from 'vitest';

const GAZETTEER = madeUpGazetteer();
const SHIP = { madeGoodKn: null, aisClass: AIS_CLASS.A, shipType: 70 };
/** Kilometres south of Eastwick's berth, which lies 560 m off the coast. */
const southOfBerth = (km: number) => ({ lon: 120, lat: 37.995 - km / 111.195 });

function fix(place: { readonly lon: number; readonly lat: number }, more: Partial<Fix> = {}): Fix {
  return { at: 0, sogKn: 0, cogDeg: null, navStatus: null, ...place, ...more };
}

describe('a ship is moored', () => {
  test.each([
    ['2.9 km from a berth', 2.9, null, 'berth'],
    ['3.1 km from a berth', 3.1, null, null],
    ['at anchor by its own word 0.4 km from a berth', 0.4, 1, 'berth'],
    ['at anchor by its own word 0.6 km from a berth', 0.6, 1, null],
    ['moored by its own word 2.9 km from a berth', 2.9, 5, 'status-moored'],
    ['moored by its own word on the roads', 10.6, 5, 'status-moored'],
    ['moored by its own word in the open sea, far from any point', 40, 5, null],
  ])('%s', (_, km, navStatus, moored) => {
    expect(mooredAt({ ...SHIP, fix: fix(southOfBerth(km), { navStatus }) }, GAZETTEER)).toBe(moored);
  });

  test.each([
    ['0.5 kn', { sogKn: 0.5 }, null, 'berth'],
    ['0.6 kn', { sogKn: 0.6 }, null, null],
    ['no speed reported, 0.1 kn made good', { sogKn: null }, 0.1, 'berth'],
    ['no speed reported, 3 kn made good', { sogKn: null }, 3, null],
    ['no speed known at all', { sogKn: null }, null, null],
    ['no speed known at all, but status moored', { sogKn: null, navStatus: 5 }, null, 'status-moored'],
    ['status moored, but 3 kn', { sogKn: 3, navStatus: 5 }, null, null],
  ])('by its speed: %s', (_, more, madeGoodKn, moored) => {
    expect(mooredAt({ ...SHIP, madeGoodKn, fix: fix(southOfBerth(0.1), more) }, GAZETTEER)).toBe(moored);
  });

  test.each([
    ['0.9 km off shore', 0.9, AIS_CLASS.A, 70, 'alongside'],
    ['1.1 km off shore', 1.1, AIS_CLASS.A, 70, null],
    ['on the land of the coastline', -3, AIS_CLASS.A, 70, 'alongside'],
    ['class B 1.9 km off shore', 1.9, AIS_CLASS.B, null, 'marina'],
    ['class B 2.1 km off shore', 2.1, AIS_CLASS.B, null, null],
    ['a yacht of class A 1.9 km off shore', 1.9, AIS_CLASS.A, 37, 'marina'],
  ])('far from any berth on record: %s', (_, km, aisClass, shipType, moored) => {
    const place = { lon: 121, lat: 38 - km / 111.195 };
    expect(mooredAt({ madeGoodKn: null, aisClass, shipType, fix: fix(place) }, GAZETTEER)).toBe(moored);
  });

  test('only by its own word where the coast is not known', () => {
    const place = { lon: 10, lat: 20 };
    expect(mooredAt({ ...SHIP, fix: fix(place) }, GAZETTEER)).toBeNull();
    expect(mooredAt({ ...SHIP, fix: fix(place, { navStatus: 5 }) }, GAZETTEER)).toBe('status-moored');
  });
});
