import { describe, expect, it } from 'vitest';
import { readCsv, row } from './csv-reading.ts';

const BODY = '\n413900100,2016-11-05T00:00:00Z,38.5,121.25\n';

describe('csvReader: a header that lacks what is needed', () => {
  it('names what has no column, what columns there are, and how to say which is which', () => {
    const reading = readCsv(`ship,when,lat,lon${BODY}`);
    expect(reading.fault).toEqual({
      code: 'missing-column',
      message:
        'no column for mmsi, timestamp in format csv. Columns are "ship", "when", "lat", "lon"; ' +
        'name them with --map mmsi=COLUMN --map timestamp=COLUMN',
    });
    expect(reading.records.length).toBe(0);
    expect(reading.refused).toEqual([]);
    expect(reading.counted).toEqual({});
    expect(reading.lines).toBe(2);
  });

  it('reads the same file with a mapping, by any of the names of a field', () => {
    for (const columns of [
      { mmsi: 'ship', timestamp: 'when' },
      { ssvid: 'SHIP', at: ' when ' },
    ]) {
      const reading = readCsv(`ship,when,lat,lon${BODY}`, { columns });
      expect(reading.fault).toBeNull();
      expect(row(reading)).toMatchObject({ mmsi: 413_900_100, at: Date.UTC(2016, 10, 5) });
    }
  });

  it('lets a mapping win over a name that is recognised, and does not read that column twice', () => {
    const content = 'mmsi,timestamp,lat,lon,speed,velocity\n413900100,1478304000,38.5,121.25,90,5\n';
    const reading = readCsv(content, { columns: { sog: 'velocity', cog: 'speed' } });
    expect(row(reading)).toMatchObject({ sogDkn: 50, cogDdeg: 900 });
    expect(reading.ignoredColumns).toEqual([]);
    const only = readCsv(content, { columns: { cogDeg: 'speed' } });
    expect(row(only)).toMatchObject({ sogDkn: -32768, cogDdeg: 900 });
    expect(only.ignoredColumns).toEqual(['velocity']);
  });

  it('maps columns of a format with a layout of its own', () => {
    const reading = readCsv('MMSI,BaseDateTime,Y,X\n413900100,2016-11-05T00:00:00,38.5,121.25\n', {
      format: 'marinecadastre',
      columns: { lat: 'Y', lon: 'X' },
    });
    expect(reading.fault).toBeNull();
    expect(row(reading)).toMatchObject({ latE7: 385_000_000, lonE7: 1_212_500_000 });
  });

  it('lists everything that is wrong at once', () => {
    const { fault } = readCsv(`mmsi,when,lat,lon${BODY}`, { columns: { colour: 'red', sog: 'knots' } });
    expect(fault?.code).toBe('missing-column');
    expect(fault?.message).toContain('no column for timestamp');
    expect(fault?.message).toContain('there is no field "colour"');
    expect(fault?.message).toContain('sog is mapped to "knots", which is no column');
    expect(fault?.message).toContain('--map timestamp=COLUMN');
  });

  it('faults a mapping of a field that does not exist, or to a column that does not', () => {
    const header = `mmsi,timestamp,lat,lon${BODY}`;
    expect(readCsv(header, { columns: { colour: 'lat' } }).fault?.code).toBe('unknown-field');
    expect(readCsv(header, { columns: { sog: 'knots' } }).fault?.code).toBe('missing-column');
    expect(readCsv(header, { columns: { sog: 'knots' } }).records.length).toBe(0);
  });

  it('says that a file in UTF-16 or with NULs is no text', () => {
    const reading = readCsv(Buffer.from(`\ufeffmmsi,timestamp,lat,lon${BODY}`, 'utf16le'));
    expect(reading.fault?.code).toBe('bad-header');
    expect(reading.fault?.message).toContain('UTF-16');
    expect(reading.records.length).toBe(0);
  });

  it('says so when the header is longer than a row may be', () => {
    const reading = readCsv(`${'x'.repeat(70_000)}${BODY}`, { chunks: [4096] });
    expect(reading.fault).toMatchObject({ code: 'bad-header' });
    expect(reading.refused).toEqual([]);
    expect(reading.records.length).toBe(0);
  });

  it('shows no control or direction characters of a header in its message', () => {
    const message = readCsv(`mm\u202esi,\u001b[31mx${BODY}`).fault?.message ?? '';
    expect(message).toMatch(/no column for/);
    expect(message).not.toMatch(/[\u202e\u001b]/);
  });

  it('takes the first of two columns of one name, and the better of two names', () => {
    const twice = readCsv('mmsi,timestamp,lat,lat,lon\n413900100,1478304000,38.5,39.5,121.25\n');
    expect(row(twice)).toMatchObject({ latE7: 385_000_000 });
    const better = readCsv('mmsi,date,timestamp,lat,lon\n413900100,today,1478304000,38.5,121.25\n');
    expect(row(better)).toMatchObject({ at: Date.UTC(2016, 10, 5) });
    expect(better.ignoredColumns).toEqual(['date']);
  });
});
