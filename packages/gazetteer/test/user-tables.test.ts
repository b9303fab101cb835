import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { readUserEmbargoes, readUserPorts, type Port } from '../src/index.ts';

const HOUR = 3_600_000;
const HEAD = 'name,country,lat,lon';

describe('ports of the user', () => {
  it('are read by plain columns, watched unless they say no, with an id made of country and name', () => {
    const { records, faults } = readUserPorts(
      `Name,Country,Latitude,Longitude,Watched\nMy Harbour,cn,38.5,-121,\nB,KR,1,2,no\n`,
    );
    expect(faults).toEqual([]);
    expect(records).toMatchObject([
      {
        id: 'user-cn-my-harbour',
        name: 'My Harbour',
        country: 'CN',
        lat: 38.5,
        lon: -121,
        watched: true,
        kind: 'port',
      },
      { id: 'user-kr-b', watched: false },
    ]);
  });

  it('keep what else they say, and get an id whatever the script of their name', () => {
    const text = `${HEAD},id,alt_names,local_name,unlocode,parent_port_id,note\nX,CN,1,2,p1,Y; Z,某,CNXXX,p0,why\n某港,CN,1,2,,,,,,\n`;
    expect(readUserPorts(text).records).toMatchObject([
      { id: 'p1', altNames: ['Y', 'Z'], localName: '某', unlocode: 'CNXXX', parentPortId: 'p0', note: 'why' },
      { id: 'user-cn-67d0-6e2f' },
    ]);
  });

  it.each([
    ['a latitude beyond the pole', 'X,CN,90.1,1', 'lat'],
    ['a longitude in words', 'X,CN,1,east', 'lon'],
    ['degrees in hexadecimal', 'X,CN,0x10,1', 'lat'],
    ['no name', ',CN,1,1', 'name'],
    ['a country by its name', 'X,China,1,1', 'country'],
  ])('are refused for %s, with the line and what was expected', (_, row, field) => {
    const { records, faults } = readUserPorts(`${HEAD}\nGood,CN,1,1\n${row}\n`);
    expect(records).toHaveLength(1);
    expect(faults).toMatchObject([{ line: 3, field }]);
    expect(faults[0].expected.length).toBeGreaterThan(5);
  });

  it('are refused where two have one id, a column is missing, or there is none', () => {
    expect(readUserPorts(`${HEAD}\nX,CN,1,1\nX,CN,2,2\n`).faults).toMatchObject([{ line: 3, field: 'id' }]);
    expect(readUserPorts('name,country,lon\nX,CN,1\n').faults).toMatchObject([{ line: 1, field: 'lat' }]);
    for (const text of ['', '\n\n', HEAD]) expect(readUserPorts(text).faults).toMatchObject([{ line: 1 }]);
  });

  it('never throw, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (head, rows) => {
        readUserPorts(`${HEAD}\n${rows.join('\n')}`);
        readUserPorts(`${head}\n${rows.join(',')}`);
        readUserEmbargoes(`port,country,barred,from\n${rows.join('\n')}`, []);
      }),
      { numRuns: 200 },
    );
  });
});

const PORTS = [
  {
    id: 'WPI-1',
    name: 'Rizhao',
    altNames: ['Jih-chao'],
    localName: '日照',
    country: 'CN',
    lon: 119.5,
    lat: 35.4,
  },
  { id: 'WPI-2', name: 'Rizhao', altNames: [], localName: null, country: 'US', lon: -70, lat: 35 },
] as unknown as readonly Port[];
const COLUMNS = 'port,country,barred,from,until,announced_by,reported_by,denied_by,denied_on,note';
const embargo = (row: string) => readUserEmbargoes(`${COLUMNS}\n${row}\n`, PORTS);

describe('announcements of the user', () => {
  it('are read as the press has them: the port by name, the days of the place', () => {
    const { records, faults } = embargo(
      'rizhao,CN,all DPRK-flagged vessels,2016-03-21,2016-04-01,port,Asahi,ministry,2016-03-23,why',
    );
    expect(faults).toEqual([]);
    expect(records).toMatchObject([
      {
        portId: 'WPI-1',
        barred: 'dprk-flag',
        bars: 'all DPRK-flagged vessels',
        from: Date.parse('2016-03-21T00:00:00Z') - 8 * HOUR,
        until: Date.parse('2016-04-02T00:00:00Z') - 8 * HOUR,
        utcOffsetH: 8,
        deniedBy: 'ministry',
        reportedBy: 'Asahi',
      },
    ]);
  });

  it.each([
    ['日照', 'WPI-1'],
    ['Jih-Chao', 'WPI-1'],
    ['wpi-2', 'WPI-2'],
    ['*', null],
    ['', null],
  ])('name their port %j', (port, id) => {
    expect(embargo(`${port},CN,cargo,2016-03-21`).records).toMatchObject([{ portId: id }]);
  });

  it.each([
    ['dprk-flag', 'dprk-flag', null],
    ['all North Korean-flagged ships', 'dprk-flag', null],
    ['any ship that called at a DPRK port within 180 days', 'dprk-call', { length: 180, unit: 'days' }],
    ['any ship that called at a DPRK port within one year', 'dprk-call', { length: 1, unit: 'years' }],
    ['cargo: coal', 'cargo', null],
    ['a DPRK ship turned away', 'unclear', null],
    ['all ships but DPRK-flagged ones', 'unclear', null],
    ['listed', 'unclear', null],
  ])('bar %j as %s', (words, barred, window) => {
    expect(embargo(`*,KR,${words},2016-03-08`).records).toMatchObject([{ barred, window, list: null }]);
  });

  it('bar the ships of a list where they name it', () => {
    const text = 'port,country,barred,from,list\n*,CN,listed,2016-03-03,UN-1718 / UNSCR 2270\n';
    expect(readUserEmbargoes(text, PORTS).records).toMatchObject([
      { barred: 'listed', list: { name: 'UN-1718', program: 'UNSCR 2270' } },
    ]);
  });

  it('keep the id that they have over other days of denial', () => {
    const [a] = embargo('rizhao,CN,cargo,2016-03-21,,,,x').records;
    const [b] = embargo('rizhao,CN,cargo,2016-03-21,,,,y').records;
    const [c] = embargo('rizhao,CN,cargo,2016-03-22').records;
    expect(a.id).toBe(b.id);
    expect(a.id).not.toBe(c.id);
  });

  it.each([
    ['a port that is none', 'Atlantis,CN,cargo,2016-03-21', 'port'],
    ['a port of another country', 'Rizhao,JP,cargo,2016-03-21', 'port'],
    ['a day that is none', '*,CN,cargo,2016-02-30', 'from'],
    ['a day in another order', '*,CN,cargo,21/03/2016', 'from'],
    ['an end before the beginning', '*,CN,cargo,2016-03-21,2016-03-20', 'until'],
    ['a call without its window', '*,KR,dprk-call,2016-03-21', 'window'],
    ['no country', '*,,cargo,2016-03-21', 'country'],
  ])('are refused for %s', (_, row, field) => {
    expect(embargo(row)).toMatchObject({ records: [], faults: [{ line: 2, field }] });
  });
});
