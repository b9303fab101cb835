import { loadGazetteer } from '@offing/gazetteer';
import { madeUpGazetteer } from '@offing/testkit';
import { describe, expect, test } from 'vitest';
import { namedPort } from '../../src/place/named-port.ts';

describe('a place at sea is named', () => {
  const bundled = loadGazetteer();
  test.each([
    ['by the watched port of which the nearest is a part', 121.2, 38.78, 'Dalian'],
    ['by the watched port whose anchorages reach there', 122.664, 31.237, 'Shanghai'],
    ['by its deep-water port where that is watched too', 121.939, 40.325, 'Bayuquan'],
    ['by a port that nobody watches where that is nearer', 120.35, 36.0, 'Qingdao'],
    ['by the nearest port where none is watched', 129.6, 35.4, 'Ulsan'],
  ])('%s', (_, lon, lat, name) => {
    expect(namedPort(bundled, lon, lat, 50)?.port.name).toBe(name);
  });

  test('by nothing on the open sea', () => {
    expect(namedPort(bundled, 125, 30, 50)).toBeNull();
  });

  test('with the distance to the point of the port, across the antimeridian too', () => {
    const named = namedPort(madeUpGazetteer(), -179.9, 37.9, 50);
    expect(named?.port.name).toBe('Linewick');
    expect(named?.km).toBeGreaterThan(0);
    expect(named?.km).toBeLessThan(50);
  });
});
