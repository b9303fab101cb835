import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { distanceM } from '@offing/geo';
import { loadGazetteer, readBerths, type Gazetteer, type LocatedPort } from '../src/index.ts';

const THEATRE = { west: 105, south: 15, east: 150, north: 55 };
/** The Chinese ports that are watched by default. */
const WATCHED = [
  'Bayuquan',
  'Dalian',
  'Dandong',
  'Lanshan',
  'Lianyungang',
  'Longkou',
  'Nantong',
  'Ningbo',
  'Penglai',
  'Qinhuangdao',
  'Rizhao',
  'Shanghai',
  'Shidao',
  'Tianjin',
  'Weifang',
  'Yantai',
  'Yingkou',
  'Zhoushan',
];
const NAMED_CHINESE = [...WATCHED, 'Jinzhou', 'Tangshan', 'Caofeidian', 'Huanghua', 'Weihai', 'Qingdao'];
const NAMED_DPRK = [
  'Nampo',
  'Songnim',
  'Haeju',
  'Wonsan',
  'Hungnam',
  'Tanchon',
  'Kimchaek',
  'Chongjin',
  'Rajin',
  'Sonbong',
  'Sinuiju',
  'Sinpo',
];

let gazetteer: Gazetteer;
beforeAll(() => {
  gazetteer = loadGazetteer();
});

function portNamed(name: string): LocatedPort {
  const found = gazetteer.ports.filter((port) => port.kind === 'port' && port.name === name);
  expect(found).toHaveLength(1);
  const [{ lon, lat }] = found;
  if (lon === null || lat === null) throw new Error(`${name} has no position`);
  return { ...found[0], lon, lat };
}

function kmBetween(a: string, b: string): number {
  const [from, to] = [portNamed(a), portNamed(b)];
  return distanceM(from.lon, from.lat, to.lon, to.lat) / 1000;
}

describe('the bundled gazetteer as a whole', () => {
  it('has ports, labels and points in the numbers its README names', () => {
    const { ports, anchorages } = gazetteer;
    expect(ports.filter(({ kind }) => kind === 'port')).toHaveLength(311);
    expect(ports.filter(({ kind }) => kind === 'label')).toHaveLength(1288);
    expect(anchorages).toHaveLength(31_482 + 13);
    expect(anchorages.filter(({ kind }) => kind === 'berth')).toHaveLength(18_146 + 13);
  });

  it('gives no two ports one id, and no two of a country one name', () => {
    const { ports } = gazetteer;
    expect(new Set(ports.map(({ id }) => id)).size).toBe(ports.length);
    const names = ports.map(({ country, name }) => `${country} ${name.toLowerCase()}`);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('has all parents that it names, each of them without a parent and in the same country', () => {
    const parts = gazetteer.ports.filter(({ parentPortId }) => parentPortId !== null);
    expect(parts.map(({ name }) => name).sort()).toEqual([
      'Bayuquan',
      'Dagu Tanggu',
      'Donggang',
      'Lushun',
      'Zhenhai',
    ]);
    for (const { parentPortId, country } of parts) {
      expect(gazetteer.port(parentPortId ?? '')).toMatchObject({ country, parentPortId: null });
    }
    expect(gazetteer.port(portNamed('Bayuquan').parentPortId ?? '')?.name).toBe('Yingkou');
  });

  it('has a name, a country and a source for each port, and both coordinates or none, on the globe', () => {
    for (const port of gazetteer.ports) {
      expect(port.name).not.toBe('');
      expect(port.country).toMatch(/^[A-Z]{2}$/);
      expect(port.positionSource).not.toBe('');
      expect(port.altNames).not.toContain(port.name);
      expect(port.localName === null).toBe(port.nameSource === null);
      expect(port.lon === null).toBe(port.lat === null);
      expect(Math.abs(port.lon ?? 0)).toBeLessThanOrEqual(180);
      expect(Math.abs(port.lat ?? 0)).toBeLessThanOrEqual(90);
    }
    expect(gazetteer.ports.filter(({ lon }) => lon === null).map(({ name }) => name)).toEqual(['Taean']);
  });

  it('gives each point to a port of at most 200 km away', () => {
    for (const { lon, lat, portId } of gazetteer.anchorages) {
      const port = gazetteer.port(portId);
      if (port === null) throw new Error(`no port ${portId}`);
      if (port.kind === 'port')
        expect(distanceM(lon, lat, port.lon ?? NaN, port.lat ?? NaN)).toBeLessThan(200_000);
    }
  });

  it('calls a point on land or within 1 km of the shore a berth and any other roads', () => {
    const added = new Set(addedBerths().map(({ portId, lon }) => `${portId} ${lon}`));
    for (const { lon, lat, kind, portId } of gazetteer.anchorages) {
      const shoreM = gazetteer.shoreDistanceM(lon, lat);
      if (shoreM === null || added.has(`${portId} ${lon}`)) continue;
      // Points are kept to a metre, so one that lies that near to the limit may be on either side of it.
      if (Math.abs(shoreM - 1000) < 2) continue;
      expect(kind).toBe(shoreM < 1000 ? 'berth' : 'roads');
    }
  });

  it('gives a source for each berth that the set of points lacks', () => {
    const added = addedBerths();
    expect(added).toHaveLength(13);
    for (const { portId, source } of added) {
      expect(source).not.toBe('');
      expect(gazetteer.port(portId)?.positionSource).toBe(source);
    }
  });

  it('loads in less than a second, on any machine that runs this', () => {
    const started = performance.now();
    loadGazetteer();
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('has the same version each time', () => {
    expect(loadGazetteer().version).toBe(gazetteer.version);
    expect(gazetteer.version).toMatch(/^gazetteer-[0-9a-f]{20}$/);
  });
});

function addedBerths() {
  const text = readFileSync(new URL('../data/berths.csv', import.meta.url), 'utf8');
  return readBerths(text).records;
}

describe('the ports named in the reporting', () => {
  it('are watched where they are to be, and nothing else is', () => {
    const watched = gazetteer.ports.filter((port) => port.watched);
    expect(watched.map(({ name }) => name).sort()).toEqual(WATCHED);
    for (const { country, kind } of watched) expect([country, kind]).toEqual(['CN', 'port']);
  });

  it.each([...NAMED_CHINESE, ...NAMED_DPRK])('include %s, with its own script', (name) => {
    const port = portNamed(name);
    expect(port.country).toBe(NAMED_DPRK.includes(name) ? 'KP' : 'CN');
    expect(port.localName).toMatch(/^[\p{Script=Han}\p{Script=Hangul}]+$/u);
    expect(port.nameSource).toBe('general knowledge');
  });

  it('include Taean, unlocated, near nothing and never watched', () => {
    const taean = gazetteer.ports.find(({ name }) => name === 'Taean');
    expect(taean).toMatchObject({ country: 'KP', localName: '태안', lon: null, lat: null, watched: false });
    expect(taean?.note).toContain('unlocated');
    expect(gazetteer.anchorages.filter(({ portId }) => portId === taean?.id)).toEqual([]);
  });

  it('find Jingtang under Tangshan and Songjin under Kimchaek', () => {
    expect(portNamed('Tangshan').altNames).toContain('Jingtang');
    expect(portNamed('Kimchaek').altNames).toContain('Songjin');
  });

  it.each([
    ['Longkou', 'Penglai', 40 * 0.85, 40 * 1.15],
    ['Bayuquan', 'Yingkou', 0, 50],
    ['Lanshan', 'Rizhao', 35 * 0.85, 35 * 1.15],
  ])('lie as far apart as the reporting says: %s and %s', (a, b, least, most) => {
    expect(kmBetween(a, b)).toBeGreaterThanOrEqual(least);
    expect(kmBetween(a, b)).toBeLessThanOrEqual(most);
  });

  // UN/LOCODE 2022, where it is not the source of the position: whole minutes, the town or the port.
  it.each([
    ['Yingkou', 122.2167, 40.65],
    ['Rizhao', 119.5333, 35.3833],
    ['Lanshan', 119.3667, 35.0667],
    ['Nantong', 120.85, 32.0167],
    ['Tianjin', 117.7, 38.9833],
    ['Dalian', 121.6, 38.9167],
    ['Qinhuangdao', 119.5833, 39.9167],
    ['Ningbo', 121.6667, 29.9167],
    ['Shanghai', 121.4833, 31.2333],
    ['Lianyungang', 119.4333, 34.7167],
    ['Qingdao', 120.3167, 36.05],
    ['Weihai', 122.1667, 37.5],
    ['Songnim', 125.5833, 38.7667],
    ['Rajin', 130.2833, 42.2167],
  ])('lie within 12 km of where UN/LOCODE has %s', (name, lon, lat) => {
    const port = portNamed(name);
    expect(distanceM(port.lon, port.lat, lon, lat)).toBeLessThan(12_000);
  });

  // The World Port Index of 2024-02, where it is not the source of the position.
  it.each([
    ['Longkou', 120.2833, 37.6333],
    ['Penglai', 120.8333, 37.8167],
    ['Yantai', 121.45, 37.55],
    ['Jinzhou', 121.1, 40.75],
  ])('lie within 12 km of where the World Port Index has %s', (name, lon, lat) => {
    const port = portNamed(name);
    expect(distanceM(port.lon, port.lat, lon, lat)).toBeLessThan(12_000);
  });

  it.each([
    ...NAMED_CHINESE.filter((name) => name !== 'Shanghai' && name !== 'Ningbo'),
    ...NAMED_DPRK,
    'Laizhou',
    'Chiwan',
    'Wakkanai',
  ])('lie within 5 km of the coast: %s', (name) => {
    const { lon, lat } = portNamed(name);
    expect(Math.abs(gazetteer.shoreDistanceM(lon, lat) ?? NaN)).toBeLessThan(5000);
  });

  it.each([...NAMED_CHINESE, ...NAMED_DPRK])('have a berth of their own within 5 km: %s', (name) => {
    const { id, lon, lat } = portNamed(name);
    expect(gazetteer.nearestAnchorage(lon, lat, { maxKm: 5, kind: 'berth', portId: id })).not.toBeNull();
  });
});

describe('the ports of the theatre', () => {
  it('lie within 8 km of the shore but for those whose reason is known', () => {
    const far = gazetteer.ports.filter(({ kind, lon, lat }) => {
      if (kind !== 'port' || lon === null || lat === null) return false;
      if (lon < THEATRE.west || lon > THEATRE.east || lat < THEATRE.south || lat > THEATRE.north)
        return false;
      return Math.abs(gazetteer.shoreDistanceM(lon, lat) ?? NaN) > 8000;
    });
    const expected = {
      Fukui: 'the city, not its harbour',
      'Lon Shui Terminal': 'an oil terminal at sea',
      Ningbo: 'the city, up its river',
      Shanghai: 'up the Huangpu, which is too narrow for the coast',
      'Suizhang Gang': 'an oil terminal at sea',
      'Vitaz Marine Terminal': 'an oil terminal at sea',
    };
    expect(far.map(({ name }) => name).sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(['KR', 'JP', 'TW', 'RU'])('include those of %s', (country) => {
    expect(
      gazetteer.ports.filter((port) => port.kind === 'port' && port.country === country).length,
    ).toBeGreaterThan(7);
  });
});

describe('what a ship lies off', () => {
  it.each([
    ['Rizhao', 119.92, 35.28],
    ['Dalian', 121.89462, 38.82555],
    ['Dalian', 122.0, 39.0],
    ['Qinhuangdao', 119.7, 39.8],
    ['Longkou', 120.2363, 37.79561],
    ['Longkou', 120.23, 37.72],
    ['Penglai', 120.75, 37.88],
    ['Bayuquan', 121.9, 40.2],
    ['Yingkou', 122.05, 40.62],
    ['Tianjin', 117.95, 38.9],
    ['Weifang', 119.2, 37.4],
    ['Shidao', 122.5, 36.8],
    ['Lanshan', 119.5, 35.02],
    ['Lianyungang', 119.65, 34.8],
    ['Dandong', 123.9, 39.6],
    ['Ningbo', 121.9, 29.95],
    ['Zhoushan', 122.3, 29.9],
  ])('is %s at %d, %d', (name, lon, lat) => {
    expect(gazetteer.watchedApproach(lon, lat, 50)?.port.name).toBe(name);
  });

  it('is Dalian off Lushun, which is a part of it', () => {
    expect(gazetteer.nearestPort(121.2, 38.78, { maxKm: 30 })?.port.name).toBe('Lushun');
    expect(gazetteer.watchedApproach(121.2, 38.78, 50)?.port.name).toBe('Dalian');
  });

  it('is Nantong off the mouth of the Yangtze, in the north of it, 100 km and more from the port', () => {
    for (const [lon, lat] of [
      [121.95, 31.65],
      [122.1, 31.6],
      [121.9, 31.9],
    ]) {
      const approach = gazetteer.watchedApproach(lon, lat, 50);
      expect(approach?.port.name).toBe('Nantong');
      expect(approach?.kmToPort).toBeGreaterThan(100);
      expect(approach?.kmToAnchorage).toBeLessThan(30);
    }
    expect(gazetteer.watchedApproach(122.5, 31.1, 50)?.port.name).toBe('Shanghai');
  });

  it.each([
    ['the middle of the Yellow Sea', 123.5, 35.5],
    ['Nampo', 125.1, 38.65],
    ['Incheon', 126.5, 37.4],
    ['Beijing', 116.4, 39.9],
    ['the Gulf of Guinea', 0, 0],
  ])('is nothing watched at %s', (_, lon, lat) => {
    expect(gazetteer.watchedApproach(lon, lat, 50)).toBeNull();
  });
});

describe('loadGazetteer from a folder of the same files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gazetteer-'));
    cpSync(fileURLToPath(new URL('../data/', import.meta.url)), folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const load = (): Gazetteer => loadGazetteer(pathToFileURL(`${folder}/`));
  const change = (name: string, edit: (bytes: Buffer) => Buffer | string): void => {
    const path = join(folder, name);
    const packed = name.endsWith('.gz');
    const edited = edit(packed ? gunzipSync(readFileSync(path)) : readFileSync(path));
    writeFileSync(path, packed ? gzipSync(edited) : edited);
  };

  it('gives the same as the bundled one', () => {
    expect(load().version).toBe(gazetteer.version);
  });

  it('has another version when one port or one point is another', () => {
    change('ports.csv', (bytes) => bytes.toString().replace('Longkou', 'Longkow'));
    const { version } = load();
    expect(version).not.toBe(gazetteer.version);
    change('anchorages.csv.gz', (bytes) => bytes.toString().replace(',roads,', ',berth,'));
    expect(load().version).not.toBe(version);
  });

  it.each([
    [
      'ports.csv',
      (bytes: Buffer) => bytes.toString().replace(',port,', ',prot,'),
      /ports\.csv, row 1 \(unknown-kind\)/,
    ],
    ['ports.csv', () => '', /ports\.csv/],
    [
      'anchorages.csv.gz',
      (bytes: Buffer) => bytes.toString().slice(0, -12),
      /anchorages\.csv\.gz, row 31482/,
    ],
    [
      'anchorages.csv.gz',
      (bytes: Buffer) => bytes.toString().replace('berth', 'birth'),
      /row 1 \(unknown-kind\)/,
    ],
    ['berths.csv', (bytes: Buffer) => `${bytes.toString()},1,2,x\n`, /berths\.csv, row 14 \(no-id\)/],
    ['coast.bin.gz', (bytes: Buffer) => bytes.subarray(1), /coast\.bin\.gz/],
    ['raster.bin.gz', (bytes: Buffer) => bytes.subarray(0, -1), /raster\.bin\.gz/],
  ])('throws and names %s when it is damaged', (name, edit, message) => {
    change(name, edit);
    expect(load).toThrow(message);
  });

  it.each(['ports.csv', 'berths.csv', 'anchorages.csv.gz', 'coast.bin.gz', 'raster.bin.gz'])(
    'throws and names %s when it is missing',
    (name) => {
      rmSync(join(folder, name));
      expect(load).toThrow(name);
    },
  );

  it('throws when a packed file was cut short on its way', () => {
    const path = join(folder, 'coast.bin.gz');
    writeFileSync(path, readFileSync(path).subarray(0, 1000));
    expect(load).toThrow();
  });
});
