import { loadGazetteer, readCoastCountries, writeCoastCountries } from '@offing/gazetteer';
import type { Coast } from '@offing/geo';
import { describe, expect, test } from 'vitest';

const gazetteer = loadGazetteer();

describe('whose coast is near', () => {
  test.each([
    ['off Nampo', 124.75, 38.62, 'KP'],
    ['off Haeju', 125.7, 37.95, 'KP'],
    ['off Wonsan', 127.6, 39.3, 'KP'],
    ['off Chongjin', 129.9, 41.75, 'KP'],
    ['off Rajin', 130.35, 42.15, 'KP'],
    ['at the mouth of the Yalu, off Sindo', 124.27, 39.78, 'KP'],
    ['off Dandong’s deep-water port', 124.1, 39.8, 'CN'],
    ['off Dalian', 121.7, 38.85, 'CN'],
    ['off Longkou', 120.2, 37.7, 'CN'],
    ['off Incheon', 126.5, 37.4, 'KR'],
    ['off Baengnyeong', 124.75, 37.9, 'KR'],
    ['off Sokcho', 128.65, 38.25, 'KR'],
    ['off Ulleung', 130.9, 37.4, 'KR'],
    ['off Posyet, beyond the Tumen', 130.95, 42.5, 'RU'],
    ['off Niigata', 139.0, 38.0, 'JP'],
    ['off Taichung', 120.45, 24.3, 'TW'],
  ])('%s', (_, lon, lat, country) => {
    expect(gazetteer.coastCountry(lon, lat, 60)?.country).toBe(country);
  });

  test('is not known far out and outside the theatre', () => {
    expect(gazetteer.coastCountry(123.5, 37.0, 60)).toBeNull();
    expect(gazetteer.coastCountry(-5, 50, 60)).toBeNull();
    expect(gazetteer.coastCountry(NaN, 38, 60)).toBeNull();
  });

  test('agrees with the distance to the shore', () => {
    const found = gazetteer.coastCountry(124.75, 38.62, 60);
    const shoreM = gazetteer.shoreDistanceM(124.75, 38.62);
    expect(found?.km).toBeCloseTo(Number(shoreM) / 1000, 6);
  });

  test.each([
    // A river port on the Yalu, whose nearest shore as drawn is the other bank.
    ['KP', ['Sinuiju']],
    ['KR', []],
    ['CN', []],
    ['JP', []],
    ['RU', []],
    ['TW', []],
  ])('the ports of %s lie on its coast, but for %s', (country, but) => {
    const wrong = gazetteer.ports.filter(({ kind, country: of, lon, lat }) => {
      if (kind !== 'port' || of !== country || lon === null || lat === null) return false;
      const near = gazetteer.coastCountry(lon, lat, 10);
      return near !== null && near.country !== country;
    });
    expect(wrong.map(({ name }) => name)).toEqual(but);
  });

  test('every vertex of a country’s coast is its own', () => {
    const places = gazetteer.coastPlaces(new Set(['KP']));
    expect(places.length).toBeGreaterThan(3000);
    for (const { lon, lat } of places.filter((_, i) => i % 50 === 0))
      expect(gazetteer.coastCountry(lon, lat, 1)?.km).toBeLessThan(0.02);
  });
});

describe('the table of countries', () => {
  const coast: Coast = {
    bounds: { west: 0, south: 0, east: 1, north: 1 },
    ringStart: Uint32Array.of(0, 4),
    lons: Int32Array.of(10, 20, 20, 10),
    lats: Int32Array.of(10, 10, 20, 10),
  };
  const text = writeCoastCountries(
    [
      { vertex: 0, country: 'KP' },
      { vertex: 2, country: '' },
    ],
    4,
  );

  test('comes back as it was written', () => {
    expect(readCoastCountries(text, coast)).toEqual(['KP', 'KP', '', '']);
  });

  test.each([
    ['of another coast', text.replace('4,', '5,')],
    ['that does not begin at the first vertex', text.replace('0,KP', '1,KP')],
    ['out of order', 'vertex,country\n0,KP\n3,CN\n2,KR\n4,\n'],
    ['with a country that is none', text.replace('KP', 'Korea')],
    ['with a vertex that is none', text.replace('2,', 'x,')],
    ['without rows', 'vertex,country\n'],
    ['that is empty', ''],
  ])('one %s is refused', (_, damaged) => {
    expect(readCoastCountries(damaged, coast)).toBeNull();
  });
});
