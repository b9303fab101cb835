import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  readAnchorages,
  readBerths,
  readPorts,
  writeAnchorages,
  writeBerths,
  writePorts,
  type AnchoragePoint,
  type BerthOverride,
  type Port,
} from '../src/index.ts';
import { madePort } from './made-ports.ts';

const word = fc.string({
  minLength: 1,
  maxLength: 8,
  unit: fc.constantFrom('a', 'B', ' ', ',', '"', '\n', '大', "'"),
});
const lon = fc.integer({ min: -18_000_000, max: 18_000_000 }).map((units) => units / 1e5);
const lat = fc.integer({ min: -9_000_000, max: 9_000_000 }).map((units) => units / 1e5);
const place = fc.option(fc.record({ lon, lat }));

const anyPort: fc.Arbitrary<Port> = fc
  .record({
    id: word,
    kind: fc.constantFrom('port' as const, 'label' as const),
    name: word,
    altNames: fc.array(fc.string({ minLength: 1, unit: fc.constantFrom('a', ',', ' ', '北') })),
    localName: fc.option(word),
    nameSource: fc.option(word),
    country: fc.constantFrom('CN', 'KP', ''),
    unlocode: fc.option(word),
    place,
    positionSource: fc.constantFrom('', 'WPI, whole minute'),
    parentPortId: fc.option(word),
    watched: fc.boolean(),
    note: fc.option(word),
  })
  .map(({ place: at, watched, ...port }) => ({
    ...port,
    lon: at?.lon ?? null,
    lat: at?.lat ?? null,
    watched: watched && at !== null,
  }));

describe('writePorts and readPorts', () => {
  it('give back any ports', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyPort, { selector: ({ id }) => id }), (ports) => {
        expect(readPorts(writePorts(ports))).toEqual({ records: ports, refused: [] });
      }),
    );
  });

  it('keeps a port without a position, unwatched', () => {
    const { records, refused } = readPorts(writePorts([madePort('nowhere', { lon: null, lat: null })]));
    expect(refused).toEqual([]);
    expect(records).toMatchObject([{ id: 'nowhere', lon: null, lat: null, watched: false }]);
  });

  it('takes a list with the columns that a user has', () => {
    const { records, refused } = readPorts('id,name,lon,lat,watched\nmine,My Port,120,38,yes\n');
    expect(refused).toEqual([]);
    expect(records).toEqual([
      madePort('mine', {
        name: 'My Port',
        lon: 120,
        lat: 38,
        watched: true,
        country: '',
        positionSource: '',
      }),
    ]);
  });

  const row = (cells: Partial<Record<string, string>>): string =>
    ['id', 'kind', 'name', 'lon', 'lat', 'watched'].map((name) => cells[name] ?? '').join(',');
  const good = { id: 'p', name: 'P', lon: '120', lat: '38' };
  it.each([
    ['without an id', { ...good, id: '' }, 'no-id'],
    ['without a name', { ...good, name: '' }, 'no-name'],
    ['of a kind that does not exist', { ...good, kind: 'Port' }, 'unknown-kind'],
    ['with half a position', { ...good, lat: '' }, 'bad-position'],
    ['with the other half', { ...good, lon: ' ' }, 'bad-position'],
    ['beyond the pole', { ...good, lat: '90.0001' }, 'bad-position'],
    ['beyond the antimeridian', { ...good, lon: '-180.0001' }, 'bad-position'],
    ['with words for a position', { ...good, lon: '120E' }, 'bad-position'],
    ['at no number', { ...good, lon: 'NaN' }, 'bad-position'],
    ['without end', { ...good, lon: 'Infinity' }, 'bad-position'],
    ['with another word for watched', { ...good, watched: 'maybe' }, 'bad-watched'],
    ['that is to be watched nowhere', { ...good, lon: '', lat: '', watched: 'yes' }, 'watched-nowhere'],
    ['whose id was there before', { ...good, id: 'first' }, 'repeated-id'],
  ])('refuses a port %s, and only that one', (_, cells, code) => {
    const first = row({ ...good, id: 'first' });
    const last = row({ ...good, id: 'last' });
    const text = ['id,kind,name,lon,lat,watched', first, row(cells), last].join('\n');
    const { records, refused } = readPorts(text);
    expect(refused).toEqual([{ row: 2, code }]);
    expect(records.map(({ id }) => id)).toEqual(['first', 'last']);
  });

  it('takes the rim of the globe', () => {
    const text = `id,name,lon,lat\n${['-180,-90', '180,90', '0,0'].map((at, i) => `p${i},P,${at}`).join('\n')}`;
    expect(readPorts(text)).toMatchObject({
      records: [{ lon: -180 }, { lon: 180 }, { lon: 0, lat: 0 }],
      refused: [],
    });
  });
});

describe('writeAnchorages and readAnchorages', () => {
  it('give back any points to five decimals', () => {
    const point: fc.Arbitrary<AnchoragePoint> = fc.record({
      lon,
      lat,
      portId: word,
      kind: fc.constantFrom('berth' as const, 'roads' as const),
    });
    fc.assert(
      fc.property(fc.array(point), (points) => {
        const { records, refused } = readAnchorages(writeAnchorages(points));
        expect(refused).toEqual([]);
        expect(records.map((read) => ({ ...read, lon: read.lon + 0, lat: read.lat + 0 }))).toEqual(points);
      }),
    );
  });

  it.each([
    ['without a port', ',berth,120,38', 'no-id'],
    ['of no kind', 'p,,120,38', 'unknown-kind'],
    ['of another kind', 'p,Berth,120,38', 'unknown-kind'],
    ['without a longitude', 'p,roads,,38', 'bad-position'],
    ['without any position', 'p,roads,,', 'bad-position'],
    ['cut short', 'p,roads,120', 'bad-position'],
    ['beyond the pole', 'p,roads,120,-91', 'bad-position'],
  ])('refuses a point %s, and only that one', (_, line, code) => {
    const text = `port_id,kind,lon,lat\np,berth,1,2\n${line}\np,roads,3,4\n`;
    expect(readAnchorages(text)).toEqual({
      records: [
        { portId: 'p', kind: 'berth', lon: 1, lat: 2 },
        { portId: 'p', kind: 'roads', lon: 3, lat: 4 },
      ],
      refused: [{ row: 2, code }],
    });
  });

  it('reads nothing from nothing', () => {
    expect(readAnchorages('')).toEqual({ records: [], refused: [] });
    expect(readAnchorages('port_id,kind,lon,lat\n')).toEqual({ records: [], refused: [] });
  });
});

describe('writeBerths and readBerths', () => {
  it('give back any berths', () => {
    const berth: fc.Arbitrary<BerthOverride> = fc.record({
      portId: word,
      lon,
      lat,
      source: fc.constantFrom('', 'a, "b"'),
    });
    fc.assert(
      fc.property(fc.array(berth), (berths) => {
        expect(readBerths(writeBerths(berths))).toEqual({ records: berths, refused: [] });
      }),
    );
  });

  it('refuses one without a port and one without a place', () => {
    expect(readBerths('port_id,lon,lat,source\n,1,2,x\np,,,x\np,1,2,x\n')).toEqual({
      records: [{ portId: 'p', lon: 1, lat: 2, source: 'x' }],
      refused: [
        { row: 1, code: 'no-id' },
        { row: 2, code: 'bad-position' },
      ],
    });
  });
});
