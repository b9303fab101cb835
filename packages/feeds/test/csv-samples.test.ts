import { MISSING_16, MISSING_8, NO_COORDINATE } from '@offing/track';
import { isShipMmsi } from '@offing/units';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../src/detect.ts';
import { csvSample, readCsv, rows, SAMPLES } from './csv-reading.ts';

/** A row as papaparse cuts it, by the names in the header. */
type Cells = Readonly<Record<string, string | undefined>>;
type Fields = Record<string, unknown>;

const NAMES: Readonly<Record<string, readonly string[]>> = {
  mmsi: ['MMSI', 'mmsi', 'ssvid'],
  time: ['BaseDateTime', '# Timestamp', 'timestamp', 'Time'],
  lat: ['LAT', 'Latitude', 'lat', 'latitude', 'Latitude_degrees'],
  lon: ['LON', 'Longitude', 'lon', 'longitude', 'Longitude_degrees'],
  sog: ['SOG', 'speed', 'sog', 'SOG_knots'],
  cog: ['COG', 'cog', 'COG_degrees'],
  heading: ['Heading', 'hdg'],
  status: ['Status', 'Navigational status', 'navstat'],
  imo: ['IMO'],
  name: ['VesselName', 'Name'],
  callSign: ['CallSign', 'Callsign'],
  type: ['VesselType', 'Ship type'],
  length: ['Length'],
  width: ['Width'],
  draught: ['Draft', 'Draught'],
  aisClass: ['TransceiverClass', 'Type of mobile'],
};
const STATUS_TEXTS = ['Under way using engine', 'At anchor', '', '', '', 'Moored', '', 'Engaged in fishing'];

const cell = (cells: Cells, what: string): string => {
  const name = NAMES[what].find((one) => cells[one] !== undefined);
  return name === undefined ? '' : (cells[name] ?? '');
};
const numeric = (cells: Cells, what: string): number =>
  cell(cells, what) === '' ? NaN : Number(cell(cells, what));

function instantOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const danish = /^(\d\d)\/(\d\d)\/(\d{4}) (.*)$/.exec(text);
  const iso = danish === null ? text : `${danish[3]}-${danish[2]}-${danish[1]}T${danish[4]}`;
  return Date.parse(/[+Z]/.test(iso) ? iso : `${iso.replace(' ', 'T')}Z`);
}

function angle(degrees: number, scale: number): number {
  return degrees >= 0 && degrees < 360 ? Math.round(degrees * scale) % (360 * scale) : MISSING_16;
}

function statusOf(text: string): number {
  if (text === '') return MISSING_8;
  const code = Number.isNaN(Number(text)) ? STATUS_TEXTS.indexOf(text) : Number(text);
  return code >= 0 && code <= 15 ? code : MISSING_8;
}

function staticsOf(cells: Cells): Fields | null {
  const imo = Number(/\d+/.exec(cell(cells, 'imo'))?.[0] ?? NaN);
  const found: Fields = {
    imoNumber: imo,
    shipName: cell(cells, 'name').trim(),
    callSign: cell(cells, 'callSign').trim(),
    shipType: numeric(cells, 'type'),
    lengthM: numeric(cells, 'length'),
    beamM: numeric(cells, 'width'),
    draughtM: numeric(cells, 'draught'),
  };
  const said = Object.entries(found).filter(
    ([, value]) => value !== '' && value !== 0 && !Number.isNaN(value),
  );
  return said.length === 0 ? null : Object.fromEntries(said);
}

/** What the record of a row must be, worked out from its texts; null when it must not become one. */
function expectedRow(cells: Cells): Fields | null {
  const mmsi = Number(cell(cells, 'mmsi'));
  const [lat, lon] = [numeric(cells, 'lat'), numeric(cells, 'lon')];
  const [sog, statics] = [numeric(cells, 'sog'), staticsOf(cells)];
  const kind = cell(cells, 'aisClass').replace('Class ', '');
  if (!isShipMmsi(mmsi) || kind === 'Base Station') return null;
  const absent = lat === 91 || lon === 181;
  if (!absent && (Math.abs(lat) > 90 || Math.abs(lon) > 180 || (lat === 0 && lon === 0))) return null;
  if (absent && statics === null) return null;
  return {
    at: instantOf(cell(cells, 'time')),
    receivedAt: NaN,
    mmsi,
    lonE7: absent ? NO_COORDINATE : Math.round(lon * 1e7),
    latE7: absent ? NO_COORDINATE : Math.round(lat * 1e7),
    sogDkn: sog >= 0 && sog < 102.3 ? Math.round(sog * 10) : MISSING_16,
    cogDdeg: angle(numeric(cells, 'cog'), 10),
    headingDeg: angle(numeric(cells, 'heading'), 1),
    navStatus: kind === 'B' ? MISSING_8 : statusOf(cell(cells, 'status')),
    utcSecond: MISSING_8,
    messageType: 0,
    aisClass: ['', 'A', 'B'].indexOf(kind),
    receiverKind: 0,
    feed: 7,
    statics,
  };
}

describe.each(SAMPLES)('%s', (name, format) => {
  const content = csvSample(name);

  it('is recognised by its header', () => {
    expect(detectFormat(content)).toBe(format);
  });

  it('gives the records that papaparse and plain conversions give', () => {
    const { data } = Papa.parse<Cells>(Buffer.from(content).toString('utf8'), {
      header: true,
      skipEmptyLines: true,
    });
    const expected = data.map(expectedRow).filter((one) => one !== null);
    const reading = readCsv(content, { format });
    expect(rows(reading)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(5);
    const senders = ['mmsi-', 'base-station'];
    const counted = Object.entries(reading.counted).filter(([what]) =>
      senders.some((one) => what.startsWith(one)),
    );
    const others = counted.reduce((sum, [, count]) => sum + count, 0);
    expect(reading.records.length + others + reading.refused.length).toBe(data.length);
  });

  it('gives the same for any cutting into chunks', () => {
    const whole = readCsv(content, { format });
    for (const chunks of [[4096], [1, 97, 3], [65_537]]) {
      const cut = readCsv(content, { format, chunks });
      expect(cut.records.length).toBe(whole.records.length);
      expect(rows(cut)).toEqual(rows(whole));
      expect(cut.refused).toEqual(whole.refused);
      expect(cut.counted).toEqual(whole.counted);
      expect(cut.lines).toBe(whole.lines);
    }
  });
});

describe('what the recordings hold', () => {
  /** Lines, records, refusals and counts; counted with awk. */
  it.each([
    ['marinecadastre-legacy-2023-01-11.csv', 'marinecadastre', 1001, 998, {}, 2],
    ['dma-head-2023-02-15.csv', 'dma', 10, 7, {}, 2],
    ['gfw-tracks-pearl-river-and-korea-japan-2018-01.csv.gz', 'gfw', 9149, 9148, {}, 0],
    ['gfw-points-10k-2012.csv.gz', 'csv', 10_001, 9280, { 'no-position': 720 }, 0],
    ['solent-2016-01-12.csv.gz', 'csv', 18_624, 18_623, {}, 0],
  ] as const)('%s', (name, format, lines, records, refused, others) => {
    const reading = readCsv(csvSample(name), { format });
    expect(reading.lines).toBe(lines);
    expect(reading.records.length).toBe(records);
    const byCode: Record<string, number> = {};
    for (const { code } of reading.refused) byCode[code] = (byCode[code] ?? 0) + 1;
    expect(byCode).toEqual(refused);
    expect(Object.values(reading.counted).reduce((sum, count) => sum + count, 0)).toBe(others);
  });

  it('names the columns that are not read', () => {
    expect(readCsv(csvSample('dma-head-2023-02-15.csv'), { format: 'dma' }).ignoredColumns).toEqual([
      'ROT',
      'Type of position fixing device',
      'Data source type',
    ]);
  });
});
