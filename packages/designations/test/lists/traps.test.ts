import { describe, expect, test } from 'vitest';
import { readSet, readText, sample } from './read-file.ts';

/** Every oddity of real files that is known, each with what must come of it. */
function ofac2019() {
  return readSet({
    alt: sample('ofac-alt-2019.csv'),
    add: sample('ofac-add-2019.csv'),
    comments: sample('ofac-comments-2019.csv'),
    sdn: sample('ofac-sdn-2019.csv'),
  });
}

function ofacShip(entryId: string) {
  return ofac2019().entries.find((entry) => entry.entryId === entryId);
}

describe("OFAC's CSV set", () => {
  test('holds persons and entities beside ships, which are told apart', () => {
    expect(ofac2019()).toMatchObject({ list: 'OFAC-SDN', records: 8, ships: 7, damage: null });
  });

  test('`-0- ` with its blank is no value', () => {
    expect(ofacShip('17104')).toMatchObject({ callSign: null, mmsi: null, designatedOn: null });
  });

  test('numbers stand in the remarks only', () => {
    expect(ofacShip('19577')).toMatchObject({ imoNumber: 9_163_166, flag: 'Sierra Leone', program: 'DPRK' });
    expect(readText(sample('ofac-sdn-2015.csv')).entries.at(-1)).toMatchObject({
      imoNumber: 9_187_629,
      mmsi: 572_469_210,
      callSign: 'T2EU4',
    });
  });

  test('`Identification 8606173.` without the word IMO is a number', () => {
    expect(ofacShip('17104')?.imoNumber).toBe(8_606_173);
  });

  test('`IMO 15411` is none: the field is named, the ship is kept', () => {
    expect(ofacShip('23424')).toMatchObject({ imoNumber: null, shipName: 'BONU 5' });
    expect(ofac2019().faults).toMatchObject([
      { field: 'Vessel Registration Identification', value: 'IMO 15411', isLeftOut: false },
    ]);
  });

  test('`7-28` is the name of a ship', () => {
    expect(ofacShip('23156')).toMatchObject({ shipName: '7-28', imoNumber: 8_898_831 });
  });

  test('former names come from alt.csv, and from the remarks', () => {
    expect(ofacShip('4243')?.otherNames).toEqual(['ANA I']);
    const shona = readText(sample('ofac-sdn-2024.csv')).entries.find(({ entryId }) => entryId === '15036');
    expect(shona?.otherNames).toEqual(['ALPHA']);
  });

  test('CRLF and a last 0x1A are no record, and tell a whole file', () => {
    expect(readText(sample('ofac-sdn-2015.csv'))).toMatchObject({
      records: 4,
      ships: 4,
      hasEndMark: true,
      faults: [],
    });
    expect(readText(sample('ofac-sdn-2015.csv').replace('\u001a', ''))).toMatchObject({ hasEndMark: false });
    expect(ofac2019().hasEndMark).toBeNull();
  });

  test('a country behind a number, two blanks before it, a thousands comma, `] [` between programmes', () => {
    expect(readText(sample('ofac-sdn-2015.csv')).entries[0]).toMatchObject({ imoNumber: 9_051_648 });
    const of2024 = readText(sample('ofac-sdn-2024.csv')).entries;
    const byId = (id: string) => of2024.find(({ entryId }) => entryId === id);
    expect(byId('37032')?.imoNumber).toBe(8_730_455);
    expect(byId('27200')?.program).toBe('UKRAINE-EO13661; CYBER2; ELECTION-EO13848');
    expect(byId('15036')?.shipName).toBe('ARTAVIL');
  });

  test("another register's number is no IMO number and no fault", () => {
    const reading = readText(sample('ofac-sdn-2024.csv'));
    expect(reading.entries.find(({ entryId }) => entryId === '37479')).toMatchObject({
      imoNumber: null,
      mmsi: 273_385_420,
    });
    expect(reading.faults).toEqual([]);
  });

  test('remarks go on in sdn_comments.csv, in the middle of a word', () => {
    const sdn =
      '1,"MADE UP ONE","vessel","DPRK",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Vessel Registration Identification IMO 91"\n';
    const comments = '1,"00011; MMSI 445900001."\n';
    expect(readSet({ comments, sdn }).entries).toMatchObject([{ imoNumber: 9_100_011, mmsi: 445_900_001 }]);
  });

  test('the parts may come in any order', () => {
    const parts = { sdn: sample('ofac-sdn-2019.csv'), alt: sample('ofac-alt-2019.csv') };
    expect(readSet(parts)).toEqual(readSet({ alt: parts.alt, sdn: parts.sdn }));
  });
});

describe('the other formats', () => {
  test("OFAC's consolidated.xml is the list beside the SDN list; former names, MMSI, published day", () => {
    const reading = readText(sample('ofac-consolidated-2018.xml'));
    expect(reading).toMatchObject({
      list: 'OFAC-CONS',
      records: 3,
      ships: 2,
      publishedOn: '2018-04-06',
      damage: null,
    });
    expect(reading.entries[0]).toMatchObject({
      list: 'OFAC-CONS',
      entryId: '15036',
      imoNumber: 9_187_629,
      mmsi: 572_469_210,
      callSign: 'T2EU4',
      otherNames: ['ABADAN', 'ALPHA'],
      flag: 'Tanzania',
    });
  });

  test('SDN_ADVANCED.XML joins names, documents, features and entries, and has days of listing', () => {
    const reading = readText(sample('written-sdn-advanced.xml'));
    expect(reading).toMatchObject({
      records: 2,
      ships: 1,
      publishedOn: '2018-04-06',
      damage: null,
      faults: [],
    });
    expect(reading.entries).toMatchObject([
      {
        list: 'OFAC-SDN',
        entryId: '17104',
        imoNumber: 9_100_011,
        mmsi: 667_900_001,
        callSign: '9LAA1',
        flag: 'Sierra Leone',
        shipName: 'MADE UP ONE',
        otherNames: ['MADE UP OLD'],
        designatedOn: '2016-03-02',
        program: 'DPRK; NPWMD',
      },
    ]);
  });

  test('the UN ship list: two days of designation, a number that fails its check, an MMSI that is none', () => {
    const { entries, faults } = readText(sample('written-un-1718.csv'));
    expect(entries).toMatchObject([
      { list: 'UN-1718', designatedOn: '2017-10-03', callSign: 'HMAA1', otherNames: ['MADE UP OLD'] },
      { imoNumber: 9_100_023, designatedOn: '2017-10-03' },
      { imoNumber: null, mmsi: null, designatedOn: '2018-03-30' },
    ]);
    expect(faults.map(({ line, field, value }) => [line, field, value])).toEqual([
      [4, 'imo_number', '9100024'],
      [4, 'mmsi', '12345'],
    ]);
  });

  test("the UN consolidated list has no ships and says so; a company's number in a comment is none", () => {
    const reading = readText(sample('written-un-consolidated.xml'));
    expect(reading).toMatchObject({
      records: 2,
      ships: 0,
      entries: [],
      publishedOn: '2018-10-29',
      damage: null,
    });
    expect(reading.notes[0]).toContain('holds no ships');
  });

  test('EU: names in brackets, `Does not exist`, d.m.yyyy, two annexes, two regimes', () => {
    const { entries, ships, records, faults } = readText(sample('written-eu-journal.csv'));
    expect([records, ships, faults]).toEqual([5, 4, []]);
    expect(entries).toMatchObject([
      { list: 'EU', part: 'XIV.A', designatedOn: '2018-03-30', otherNames: ['Made Up Old', 'Made Up Older'] },
      { list: 'EU', part: 'XIV.B', designatedOn: '2017-10-03', mmsi: 445_900_001 },
      { list: 'EU', imoNumber: null, shipName: 'MADE UP FISHER 078' },
      { list: 'EU-RUS', otherNames: ['Made Up Before'] },
    ]);
  });

  test.each(['written-uk.csv', 'written-uk.xml'])('UK: one ship from its names (%s)', (name) => {
    const reading = readText(sample(name));
    expect(reading).toMatchObject({ list: 'UK', publishedOn: '2026-01-28', damage: null });
    expect(reading.entries[0]).toMatchObject({
      entryId: 'PRK0001',
      imoNumber: 9_100_011,
      shipName: 'MADE UP ONE',
      otherNames: ['MADE UP OLD'],
      flag: 'DPRK',
      designatedOn: '2017-10-03',
      program: 'DPRK - Port ban; Detention',
    });
  });

  test('OpenSanctions targets: identifiers told apart; companies are no ships', () => {
    const { entries, ships, faults } = readText(sample('written-targets-simple.csv'));
    expect(ships).toBe(2);
    expect(entries[0]).toMatchObject({
      imoNumber: 9_100_011,
      mmsi: 445_900_001,
      callSign: 'HMAA1',
      flag: null,
    });
    expect(faults).toMatchObject([{ line: 4, field: 'identifiers', value: 'IMO9100024' }]);
  });

  test('FollowTheMoney: days stand on sanctions that come before or after the ship', () => {
    expect(readText(sample('written-entities.ndjson')).entries).toMatchObject([
      { entryId: 'MU-1', designatedOn: '2017-10-03', delistedOn: null, otherNames: ['MADE UP OLD'] },
      { entryId: 'MU-3', designatedOn: '2018-03-30', delistedOn: '2019-03-30' },
    ]);
  });

  test('maritime.csv: only ships with a sanction; organisations and detained ships are passed over', () => {
    const { entries, notes } = readText(sample('written-maritime.csv'));
    expect(entries).toMatchObject([{ entryId: 'MU-1', mmsi: 445_900_001, program: 'mu_list; other_list' }]);
    expect(notes[0]).toContain('1 ships without');
  });

  test('our own CSV: days and removals stand in the rows', () => {
    const head = 'list,imo,name,flag,designated_on,delisted_on,program,source,mmsi,other_names\n';
    const rows = 'MINE,9100011,MADE UP ONE,KP,2016-03-02,2016-03-21,P,S,445900001,MADE UP OLD;OLDER\n';
    expect(readText(head + rows).entries).toMatchObject([
      { list: 'MINE', delistedOn: '2016-03-21', mmsi: 445_900_001, otherNames: ['MADE UP OLD', 'OLDER'] },
    ]);
  });
});

test.each([
  'ofac-sdn-2015.csv',
  'ofac-consolidated-2018.xml',
  'written-sdn-advanced.xml',
  'written-eu-journal.csv',
  'written-uk.csv',
  'written-entities.ndjson',
])('%s reads the same however it is cut into pieces', (name) => {
  const whole = readText(sample(name));
  for (const piece of [1, 7, 100]) expect(readText(sample(name), piece)).toEqual(whole);
});
