import { AIS_CLASS, MISSING_16, MISSING_8, NO_COORDINATE, RECEIVER_KIND } from '@offing/track';
import { describe, expect, it } from 'vitest';
import { codes, readCsv, row, rows } from './csv-reading.ts';
import type { CsvTrial } from './csv-reading.ts';

const AT = Date.UTC(2016, 10, 5);
const SHORT = 'mmsi,timestamp,lat,lon';
const SOUND = '413900100,2016-11-05T00:00:00Z,38.5,121.25';

/** Reads one row below a header of the four needed columns and others. */
function withCells(columns: Readonly<Record<string, string>>, trial: CsvTrial = {}) {
  const names = Object.keys(columns).map((name) => `,${name}`);
  const values = Object.values(columns).map((value) => `,${value}`);
  return readCsv(`${SHORT}${names.join('')}\n${SOUND}${values.join('')}\n`, trial);
}

/** Reads one row of the four needed columns. */
const four = (mmsi: string, time: string, lat: string, lon: string) =>
  readCsv(`${SHORT}\n${mmsi},${time},${lat},${lon}\n`);

/** The instant that a cell is read as, in ISO 8601; null when it is refused. */
function instant(cell: string, trial: CsvTrial = {}): string | null {
  const reading = readCsv(`mmsi,timestamp,lat,lon\n413900100,${cell},38.5,121.25\n`, trial);
  return reading.records.length === 0 ? null : new Date(reading.records.at[0]).toISOString();
}

describe('csvReader: each layout', () => {
  const full = {
    at: Date.UTC(2025, 0, 2, 3, 4, 5),
    receivedAt: NaN,
    mmsi: 367_752_440,
    lonE7: -707_573_300,
    latE7: 430_791_700,
    sogDkn: 123,
    cogDdeg: 2727,
    headingDeg: 270,
    navStatus: 8,
    utcSecond: MISSING_8,
    messageType: 0,
    aisClass: AIS_CLASS.A,
    receiverKind: RECEIVER_KIND.unknown,
    feed: 7,
    statics: {
      imoNumber: 9_627_980,
      shipName: 'SAN JOSE',
      callSign: 'WDI9818',
      shipType: 70,
      lengthM: 208,
      beamM: 30,
      draughtM: 8.5,
    },
  };

  it('reads MarineCadastre as it was until 2024', () => {
    const reading = readCsv(
      'MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,TransceiverClass\n' +
        '367752440,2025-01-02T03:04:05,43.07917,-70.75733,12.3,272.7,270.0,SAN JOSE,IMO9627980,WDI9818,70,8.0,208.0,30.0,8.5,70.0,A\n',
      { format: 'marinecadastre' },
    );
    expect(rows(reading)).toEqual([full]);
    expect(reading.ignoredColumns).toEqual(['Cargo']);
  });

  it('reads MarineCadastre as it is since 2025: longitude first', () => {
    const reading = readCsv(
      'mmsi,base_date_time,longitude,latitude,sog,cog,heading,vessel_name,imo,call_sign,vessel_type,status,length,width,draft,cargo,transceiver\n' +
        '367752440,2025-01-02 03:04:05,-70.75733,43.07917,12.3,272.7,270,SAN JOSE,IMO9627980,WDI9818,70,8,208,30,8.5,70,A\n' +
        '367752441,2025-01-02 03:04:05,-70.75733,43.07917,,,,,,,,,,,,,B\n',
      { format: 'marinecadastre' },
    );
    expect(row(reading)).toEqual(full);
    expect(row(reading, 1)).toMatchObject({
      sogDkn: MISSING_16,
      cogDdeg: MISSING_16,
      headingDeg: MISSING_16,
      navStatus: MISSING_8,
      aisClass: AIS_CLASS.B,
      statics: null,
    });
  });

  const DANISH =
    '# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG,Heading,IMO,Callsign,Name,Ship type,Cargo type,Width,Length,Type of position fixing device,Draught,Destination,ETA,Data source type,A,B,C,D\n';

  it('reads the Danish files: day first, texts for codes, dimensions', () => {
    const reading = readCsv(
      `${DANISH}05/11/2016 10:20:30,Class A,219063000,57.1152,8.33121,Restricted maneuverability,0.0,6.4,216.9,217,9627980,OXAB2,ANNA,Tanker,Category X,20,100,GPS,5.3,ESBJERG,06/11/2016 04:30:00,AIS,80,20,10,10\n` +
        '05/11/2016 10:20:31,Class B,219063001,57.1,8.3,Unknown value,,,,,Unknown,Unknown,,Undefined,,,,GPS,,Unknown,,AIS,8,4,1,2\n',
      { format: 'dma' },
    );
    expect(row(reading)).toMatchObject({
      at: Date.UTC(2016, 10, 5, 10, 20, 30),
      navStatus: 3,
      aisClass: AIS_CLASS.A,
      statics: {
        imoNumber: 9_627_980,
        shipName: 'ANNA',
        callSign: 'OXAB2',
        shipType: 81,
        lengthM: 100,
        beamM: 20,
        draughtM: 5.3,
        destination: 'ESBJERG',
        eta: '11-06T04:30Z',
      },
    });
    expect(row(reading, 1)).toMatchObject({
      navStatus: MISSING_8,
      aisClass: AIS_CLASS.B,
      statics: { lengthM: 12, beamM: 3 },
    });
  });

  it.each([
    ['Base Station', 'base-station'],
    ['AtoN', 'aid-to-navigation'],
    ['SAR Airborne', 'sar-aircraft'],
    ['Search and Rescue Transponder', 'sart'],
    ['Man Overboard Device', 'mob'],
    ['Flying Saucer', 'other-mobile'],
  ])('counts %s as %s and takes no position of it', (kind, counted) => {
    const reading = readCsv(
      `${DANISH}05/11/2016 10:20:30,${kind},219063000,57.1,8.3,,,,,,,,,,,,,,,,,AIS,,,,\n`,
      { format: 'dma' },
    );
    expect(reading.records.length).toBe(0);
    expect(reading.counted).toEqual({ [counted]: 1 });
    expect(reading.refused).toEqual([]);
  });

  it('reads tables in the manner of Global Fishing Watch', () => {
    const reading = readCsv(
      'ssvid,lat,lon,timestamp,seg_id,speed,course,shipname,receiver_type,type\n' +
        '413461490,22.57588,113.4952,2018-01-01 00:57:57+00:00,413461490-x,0.1000000015,10.26,HAI 8,satellite,AIS.18\n',
      { format: 'gfw' },
    );
    expect(row(reading)).toMatchObject({
      at: Date.UTC(2018, 0, 1, 0, 57, 57),
      latE7: 225_758_800,
      lonE7: 1_134_952_000,
      sogDkn: 1,
      cogDdeg: 103,
      messageType: 18,
      aisClass: AIS_CLASS.B,
      receiverKind: RECEIVER_KIND.satellite,
      statics: { shipName: 'HAI 8' },
    });
    expect(reading.ignoredColumns).toEqual(['seg_id']);
  });

  const WIDE =
    'MMSI,Message_ID,Time,Millisecond,Data_length,Vessel_Name,Call_sign,IMO,Ship_Type,Dimension_to_Bow,Dimension_to_stern,Dimension_to_port,Dimension_to_starboard,Draught,Destination,Navigational_status,ROT,SOG,Longitude,Latitude,COG,Heading,ETA_month,ETA_day,ETA_hour,ETA_minute\n';

  it('reads wide dumps of decoded messages: positions and static reports in rows of their own', () => {
    const reading = readCsv(
      `${WIDE}"413900100","1","20210701_185151","680","[28]","","","","","","","","","","","5","0.0","13.6","121.5","38.5","314.8","None","","","",""\n` +
        '"413900100","5","20210701_185200","40","[53]","HAI 8               ","BABC","9627980","70","80","20","8","8","56","TIANJIN","","","","","","","","7","26","6","5"\n' +
        '"2190064","4","20210701_185200","40","[28]","","","","","","","","","","","","","","1","2","","","","","",""\n',
    );
    expect(rows(reading)).toMatchObject([
      {
        at: Date.UTC(2021, 6, 1, 18, 51, 51, 680),
        messageType: 1,
        navStatus: 5,
        sogDkn: 136,
        headingDeg: MISSING_16,
        lonE7: 1_215_000_000,
        statics: null,
      },
      {
        at: Date.UTC(2021, 6, 1, 18, 52, 0, 40),
        messageType: 5,
        navStatus: MISSING_8,
        lonE7: NO_COORDINATE,
        latE7: NO_COORDINATE,
        aisClass: AIS_CLASS.A,
        statics: {
          imoNumber: 9_627_980,
          shipName: 'HAI 8',
          callSign: 'BABC',
          shipType: 70,
          lengthM: 100,
          beamM: 16,
          draughtM: 5.6,
          destination: 'TIANJIN',
          eta: '07-26T06:05Z',
        },
      },
    ]);
    expect(reading.counted).toEqual({ 'type-4': 1 });
    expect(reading.refused).toEqual([]);
  });

  it('reads a generic file in whatever order and spelling its columns are', () => {
    const reading = readCsv(
      'Longitude (deg);Latitude;Speed Over Ground;Course;True Heading;Nav Status;t;SHIP_NAME;IMO number;MMSI;Receiver;Beam;Draft;colour;Received at\r\n'.replace(
        'Longitude (deg)',
        'longitude_deg',
      ) + '121,25;38,5;12,3;45;44;1;1478304000;东方 8;9627980;413900100;s-ais;8,5;3,2;red;1478304001500\r\n',
    );
    expect(row(reading)).toMatchObject({
      at: AT,
      receivedAt: AT + 1500,
      mmsi: 413_900_100,
      lonE7: 1_212_500_000,
      latE7: 385_000_000,
      sogDkn: 123,
      cogDdeg: 450,
      headingDeg: 44,
      navStatus: 1,
      receiverKind: RECEIVER_KIND.satellite,
      statics: { imoNumber: 9_627_980, shipName: '东方 8', beamM: 8.5, draughtM: 3.2 },
    });
    expect(reading.ignoredColumns).toEqual(['colour']);
  });
});

describe('csvReader: times', () => {
  it.each([
    ['2016-11-05T10:20:30Z', '2016-11-05T10:20:30.000Z'],
    ['2016-11-05 10:20:30', '2016-11-05T10:20:30.000Z'],
    ['2016-11-05T10:20', '2016-11-05T10:20:00.000Z'],
    ['2016-11-05 10:20:30.5', '2016-11-05T10:20:30.500Z'],
    ['2016-11-05 10:20:30.123456789', '2016-11-05T10:20:30.123Z'],
    ['2016-11-05 10:20:30 UTC', '2016-11-05T10:20:30.000Z'],
    ['2016-11-05 10:20:30.342017448 +0000 UTC', '2016-11-05T10:20:30.342Z'],
    ['2016-11-05T10:20:30+08:00', '2016-11-05T02:20:30.000Z'],
    ['2016-11-05T10:20:30.25-0330', '2016-11-05T13:50:30.250Z'],
    ['2016-11-05T10:20:30+09', '2016-11-05T01:20:30.000Z'],
    ['2016/11/05 10:20:30', '2016-11-05T10:20:30.000Z'],
    ['20161105_102030', '2016-11-05T10:20:30.000Z'],
    ['20161105T1020Z', '2016-11-05T10:20:00.000Z'],
    ['20161105102030', '2016-11-05T10:20:30.000Z'],
    ['1478341230', '2016-11-05T10:20:30.000Z'],
    ['1478341230.0', '2016-11-05T10:20:30.000Z'],
    ['1478341230.75', '2016-11-05T10:20:30.750Z'],
    ['1478341230250', '2016-11-05T10:20:30.250Z'],
    ['1478341230250.0', '2016-11-05T10:20:30.250Z'],
    ['1478341230250999', '2016-11-05T10:20:30.250Z'],
    ['1550303566167000000', '2019-02-16T07:52:46.167Z'],
    ['"2016-11-05 10:20:30"', '2016-11-05T10:20:30.000Z'],
    [' 2016-02-29T00:00:00Z ', '2016-02-29T00:00:00.000Z'],
  ])('reads %s', (cell, expected) => {
    expect(instant(cell)).toBe(expected);
  });

  it('reads every millisecond of an epoch in nanoseconds without loss', () => {
    for (let ms = 0; ms < 1000; ms++) {
      const cell = `1550303566${String(ms).padStart(3, '0')}000000`;
      expect(instant(cell)).toBe(new Date(1_550_303_566_000 + ms).toISOString());
    }
  });

  it.each([
    ...['2016-02-31T00:00:00Z', '2015-02-29T00:00:00Z', '2016-13-01T00:00:00Z', '2016-00-10T00:00:00Z'],
    ...['2016-11-05T24:00:00Z', '2016-11-05T10:60:00Z', '2016-11-05T10:20:60Z', '2016-11-05T1:20:30Z'],
    ...[
      '2016-11-05',
      '20161105',
      '10:20:30',
      'yesterday',
      '2016-11-05T10:20:30 CET',
      '2016-11-05T10:20:30+15:00',
    ],
    ...['2016-11-05T10:20:30Z!', '2016-11-05T10:20:30.Z', '2016-11-05T10:20:3', '2016-11-05X10:20:30'],
    ...['1999-12-31T23:59:59Z', '2100-01-01T00:00:00Z', '0', '123456789', '1.478e9', '-1478341230'],
    ...[
      '99999999999999999999999',
      '1478341230.5x',
      '1478341230250.x',
      '2016-11-05T10:20:30+',
      '2016-11-05T10:20:30+0',
    ],
  ])('refuses %s as bad-time', (cell) => {
    const reading = readCsv(`${SHORT}\n413900100,${cell},38.5,121.25\n`);
    expect(codes(reading)).toEqual(['2 bad-time']);
    expect(reading.refused[0].why).toContain(cell.slice(0, 20));
    expect(reading.records.length).toBe(0);
  });

  it('takes dd/mm/yyyy only where the format says that the day comes first', () => {
    const reading = readCsv(`${SHORT}\n413900100,05/11/2016 10:20:30,38.5,121.25\n`);
    expect(codes(reading)).toEqual(['2 bad-time']);
    expect(reading.refused[0].why).toContain('day and month cannot be told apart');
    const danish = '# Timestamp,Type of mobile,MMSI,Latitude,Longitude\n';
    for (const [date, count] of [
      ['29/02/2016', 1],
      ['29/02/2015', 0],
      ['31/02/2016', 0],
      ['11/13/2016', 0],
    ] as const)
      expect(
        readCsv(`${danish}${date} 00:00:00,Class A,219063000,57,8\n`, { format: 'dma' }).records.length,
      ).toBe(count);
  });

  it.each(['', ' ', '""', 'null', 'NaN', 'None', '\\N'])('refuses the empty time "%s" as no-time', (cell) => {
    expect(codes(readCsv(`${SHORT}\n413900100,${cell},38.5,121.25\n`))).toEqual(['2 no-time']);
  });

  it('leaves out a receive time that cannot be read and counts it', () => {
    const reading = withCells({ received_at: 'soon' });
    expect(row(reading)).toMatchObject({ at: AT, receivedAt: NaN });
    expect(reading.counted).toEqual({ 'unusable-received_at': 1 });
  });
});

describe('csvReader: positions', () => {
  it.each([
    ['38.97574', '121.85101', 389_757_400, 1_218_510_100],
    ['-0.00001', '+0.5', -100, 5_000_000],
    ['90', '-180', 900_000_000, -1_800_000_000],
    ['1e-05', '1.2E2', 100, 1_200_000_000],
    ['38.', '.5', 380_000_000, 5_000_000],
    ['38.97574000000001', '121.85100999999999', 389_757_400, 1_218_510_100],
    ['"38.5"', ' 121.25 ', 385_000_000, 1_212_500_000],
    ['0', '121', 0, 1_210_000_000],
  ])('reads latitude %s, longitude %s', (lat, lon, latE7, lonE7) => {
    expect(row(four('413900100', '2016-11-05T00:00:00Z', lat, lon))).toMatchObject({ latE7, lonE7 });
  });

  it.each([
    ['0', '0', 'position-zero'],
    ['0.0', '-0.000', 'position-zero'],
    ['90.1', '121', 'position-range'],
    ['38', '-180.0001', 'position-range'],
    ['38', '214748364.8', 'position-range'],
    ['-1e300', '121', 'position-range'],
    ['91', '181', 'no-position'],
    ['91.0', '0.0', 'no-position'],
    ['38', '181.0', 'no-position'],
    ['', '121', 'no-position'],
    ['38', 'null', 'no-position'],
    ['38', 'NaN', 'no-position'],
    ['38N', '121', 'bad-number'],
    ['38', '12 1', 'bad-number'],
    ['38', '0x79', 'bad-number'],
    ['38', '1e999', 'bad-number'],
    ['--38', '121', 'bad-number'],
    ['38', 'Infinity', 'bad-number'],
    ['38', '1'.repeat(70), 'bad-number'],
  ])('refuses latitude %s, longitude %s as %s', (lat, lon, code) => {
    const reading = four('413900100', '2016-11-05T00:00:00Z', lat, lon);
    expect(codes(reading)).toEqual([`2 ${code}`]);
    expect(reading.refused[0].raw).toBe(`413900100,2016-11-05T00:00:00Z,${lat},${lon}`);
    expect(reading.records.length).toBe(0);
  });

  it('keeps what a row says of its ship when its position is not available', () => {
    const reading = readCsv(`${SHORT},name\n413900100,2016-11-05T00:00:00Z,91,181,HAI 8\n`);
    expect(row(reading)).toMatchObject({
      lonE7: NO_COORDINATE,
      latE7: NO_COORDINATE,
      statics: { shipName: 'HAI 8' },
    });
    expect(reading.counted).toEqual({ 'without-position': 1 });
    expect(reading.refused).toEqual([]);
  });

  it('refuses a row with a false position even when it names its ship', () => {
    const reading = readCsv(`${SHORT},name\n413900100,2016-11-05T00:00:00Z,0,0,HAI 8\n`);
    expect(codes(reading)).toEqual(['2 position-zero']);
    expect(reading.records.length).toBe(0);
  });
});

describe('csvReader: movement', () => {
  it.each([
    ['sog', '0', 'sogDkn', 0],
    ['sog', '102.2', 'sogDkn', 1022],
    ['sog', '102.3', 'sogDkn', MISSING_16],
    ['sog', '', 'sogDkn', MISSING_16],
    ['cog', '359.9', 'cogDdeg', 3599],
    ['cog', '359.97', 'cogDdeg', 0],
    ['cog', '360', 'cogDdeg', MISSING_16],
    ['cog', '409.5', 'cogDdeg', MISSING_16],
    ['heading', '0', 'headingDeg', 0],
    ['heading', '359.6', 'headingDeg', 0],
    ['heading', '511.0', 'headingDeg', MISSING_16],
    ['heading', 'NaN', 'headingDeg', MISSING_16],
    ['status', '15', 'navStatus', 15],
    ['status', '0.0', 'navStatus', 0],
    ['status', 'moored', 'navStatus', 5],
    ['status', 'under way using engine', 'navStatus', 0],
    ['status', 'Constrained by her draught', 'navStatus', 4],
    ['status', 'Unknown value', 'navStatus', MISSING_8],
  ])('reads %s %s', (column, cell, field, expected) => {
    const reading = withCells({ [column]: cell });
    expect(row(reading)[field]).toBe(expected);
    expect(reading.counted).toEqual({});
  });

  it.each([
    ['sog', '-0.1'],
    ['sog', '102.4'],
    ['sog', '1e20'],
    ['sog', 'fast'],
    ['cog', '-1'],
    ['cog', '512'],
    ['heading', 'north'],
    ['nav_status', '16'],
    ['nav_status', '-1'],
    ['nav_status', '7.5'],
    ['nav_status', 'sleeping'],
  ])('counts %s %s as unusable and keeps the position', (column, cell) => {
    const reading = withCells({ [column]: cell });
    expect(row(reading)).toMatchObject({
      sogDkn: MISSING_16,
      cogDdeg: MISSING_16,
      headingDeg: MISSING_16,
      navStatus: MISSING_8,
      latE7: 385_000_000,
    });
    expect(reading.counted).toEqual({ [`unusable-${column}`]: 1 });
  });
});

describe('csvReader: who it is', () => {
  it.each(['413900100', '413900100.0', '"413900100"', ' 413900100 ', '0413900100'])(
    'reads the MMSI %s',
    (cell) => {
      expect(row(four(cell, '1478304000', '38', '121')).mmsi).toBe(413_900_100);
    },
  );

  it.each(['', '0', 'null', '-413900100', '413900100.5', '4139001000', 'MMSI', '4.139e99', '1'.repeat(30)])(
    'refuses the MMSI "%s" as no-mmsi',
    (cell) => {
      expect(codes(four(cell, '1478304000', '38', '121'))).toEqual(['2 no-mmsi']);
    },
  );

  it.each([
    ['002190064', 'mmsi-coast-station'],
    ['111219501', 'mmsi-sar-aircraft'],
    ['992111111', 'mmsi-aid-to-navigation'],
    ['972111111', 'mmsi-mob'],
    ['123456789', 'mmsi-invalid'],
  ])('counts %s as %s', (cell, counted) => {
    const reading = four(cell, '1478304000', '38', '121');
    expect(reading.counted).toEqual({ [counted]: 1 });
    expect(reading.records.length + reading.refused.length).toBe(0);
  });

  it.each([
    ['imo', 'IMO9627980', { imoNumber: 9_627_980 }],
    ['imo', 'IMO 9627980', { imoNumber: 9_627_980 }],
    ['imo', '9627980', { imoNumber: 9_627_980 }],
    ['imo', '9627980.0', { imoNumber: 9_627_980 }],
    ['imo', '976148700', { imoNumber: 976_148_700 }],
    ['imo', '0', null],
    ['imo', 'IMO0000000', null],
    ['imo', 'Unknown', null],
    ['imo', 'null', null],
    ['imo', 'NaN', null],
    ['name', 'HAI  8   ', { shipName: 'HAI  8' }],
    ['name', 'HAI@@@@@8', { shipName: 'HAI' }],
    ['name', '@@@@', null],
    ['name', '"A, ""B"" C"', { shipName: 'A, "B" C' }],
    ['name', '"TWO\nLINES"', { shipName: 'TWOLINES' }],
    ['name', 'A\u0007B\u202eC\u200b', { shipName: 'ABC' }],
    ['name', `${'N'.repeat(119)}😀N`, { shipName: 'N'.repeat(119) }],
    ['name', 'X'.repeat(5000), { shipName: 'X'.repeat(120) }],
    ['name', 'ÅSA', { shipName: 'ÅSA' }],
    ['name', '5" GUN', { shipName: '5" GUN' }],
    ['call_sign', 'BABC', { callSign: 'BABC' }],
    ['ship_type', '52.0', { shipType: 52 }],
    ['ship_type', '0', null],
    ['ship_type', 'Undefined', null],
    ['ship_type', 'Cargo', { shipType: 70 }],
    ['ship_type', 'Fishing', { shipType: 30 }],
    ['ship_type', 'Law enforcement', { shipType: 55 }],
    ['ship_type', '"tanker, hazard category X"', { shipType: 81 }],
    ['length', '208.0', { lengthM: 208 }],
    ['length', '0', null],
    ['width', '30', { beamM: 30 }],
    ['draft', '8.5', { draughtM: 8.5 }],
    ['draught', '25.5', { draughtM: 25.5 }],
    ['destination', 'CN TJN>KR PUS', { destination: 'CN TJN>KR PUS' }],
    ['eta', '11-06 04:30', { eta: '11-06T04:30Z' }],
    ['eta', '11-06T04:30Z', { eta: '11-06T04:30Z' }],
    ['eta', '2016-11-06T04:30:00Z', { eta: '11-06T04:30Z' }],
    ['eta', '00-00 24:60', null],
  ])('reads %s %s', (column, cell, expected) => {
    const reading = withCells({ [column]: cell });
    expect(row(reading).statics).toEqual(expected);
    expect(reading.counted).toEqual({});
  });

  it('replaces broken UTF-8', () => {
    const bytes = Buffer.from(`${SHORT},name\n${SOUND},A?B\n`);
    bytes[bytes.lastIndexOf(63)] = 0xff;
    expect(row(readCsv(bytes)).statics).toEqual({ shipName: 'A\ufffdB' });
  });

  it.each([
    ['imo', 'IMO'],
    ['imo', '99999999999'],
    ['imo', '-5'],
    ['ship_type', '100'],
    ['ship_type', 'Spaceship'],
    ['length', '1023'],
    ['length', '-1'],
    ['width', 'wide'],
    ['draught', '25.6'],
    ['eta', 'soon'],
  ])('counts %s %s as unusable and keeps the position', (column, cell) => {
    const reading = withCells({ [column]: cell });
    expect(row(reading)).toMatchObject({ statics: null, latE7: 385_000_000 });
    expect(reading.counted).toEqual({ [`unusable-${column}`]: 1 });
  });

  it('keeps one report for a ship that repeats it, and a new one when a byte of it changes', () => {
    const line = (minute: number, mmsi: number, name: string) =>
      `${mmsi},2016-11-05T00:0${minute}:00Z,38.5,121.25,${name},9627980\n`;
    const reading = readCsv(
      `${SHORT},name,imo\n${line(0, 413900100, 'HAI 8')}${line(1, 413900100, 'HAI 8')}${line(2, 413900100, 'HAI 9')}` +
        `${line(3, 413900100, 'HAI 8')}${line(4, 413900101, 'HAI 9')}`,
    );
    expect(Array.from(reading.records.staticId.subarray(0, 5))).toEqual([0, 0, 1, 0, 1]);
    expect(reading.statics.size).toBe(2);
  });

  it('takes no cell for another when bytes move between columns that do not stand together', () => {
    const reading = readCsv(
      `name,${SHORT},destination\nAB,${SOUND},C\nA,${SOUND},BC\n,${SOUND},ABC\nABC,${SOUND},\n`,
    );
    expect(rows(reading).map((one) => one.statics)).toEqual([
      { shipName: 'AB', destination: 'C' },
      { shipName: 'A', destination: 'BC' },
      { destination: 'ABC' },
      { shipName: 'ABC' },
    ]);
  });

  it.each([
    ['terrestrial', RECEIVER_KIND.terrestrial],
    ['satellite', RECEIVER_KIND.satellite],
    ['station 12', RECEIVER_KIND.unknown],
  ])('reads the receiver %s', (cell, kind) => {
    expect(row(withCells({ receiver: cell })).receiverKind).toBe(kind);
  });

  it.each([
    ['A', AIS_CLASS.A],
    ['Class B', AIS_CLASS.B],
    ['', AIS_CLASS.unknown],
  ])('reads the class "%s"', (cell, kind) => {
    expect(row(withCells({ ais_class: cell })).aisClass).toBe(kind);
  });

  it('takes no navigational status from class B, which sends none', () => {
    expect(row(withCells({ transceiver: 'B', status: '0' })).navStatus).toBe(MISSING_8);
  });

  it('counts a message type that carries nothing for us, and one that is none', () => {
    expect(withCells({ msg_type: '8' }).counted).toEqual({ 'type-8': 1 });
    expect(withCells({ msg_type: '8' }).records.length).toBe(0);
    const odd = withCells({ msg_type: '28' });
    expect(row(odd).messageType).toBe(0);
    expect(odd.counted).toEqual({ 'unusable-message_type': 1 });
  });
});
