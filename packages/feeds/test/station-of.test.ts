import { stationOf } from '@offing/feeds';
import { expect, test } from 'vitest';

const SENTENCE = '!AIVDM,1,1,,A,133qNL00000>`W8MGi`=VmRF0PSh,0*2F';

test.each([
  ['a tag block', `\\s:2573535,c:1565218821*5E\\${SENTENCE}`, '2573535'],
  [
    'a tag block whose source is not the first',
    `\\g:1-2-1234,s:r003669945,c:1120959341*5E\\${SENTENCE}`,
    'r003669945',
  ],
  ['a tag block with a word', `\\c:1,s:terrestrial\\${SENTENCE}`, 'terrestrial'],
  ['the fields behind a sentence', `${SENTENCE},d-109,S2105,t050056.00,r003669946,1325394060`, '003669946'],
  ['two parts joined', `\\g:1-2-3,s:AB,c:1\\!AIVDM,2,1,1,A,5,0*1C\n!AIVDM,2,2,1,A,8,2*1C`, 'AB'],
  ['a bare sentence', SENTENCE, null],
  ['a tag block without a source', `\\c:1565218821*5E\\${SENTENCE}`, null],
  ['JSON with a station', '{"class":"AIS","station_id":7,"mmsi":1}', '7'],
  ['JSON with a receiver', '{"mmsi":1,"receiver":"Dalian roof"}', 'Dalian roof'],
  ['JSON without', '{"mmsi":1}', null],
  ['JSON that is cut off', '{"mmsi":1,"station":"x', null],
  ['a name longer than any', `\\s:${'x'.repeat(65)}\\${SENTENCE}`, null],
  ['a name with a control character', '{"station":"a\\u0007b"}', null],
])('reads the station from %s', (_what, raw, station) => {
  expect(stationOf(Buffer.from(raw), null)).toBe(station);
});

test('reads the station from the column of a table', () => {
  const table = {
    format: 'csv' as const,
    row: Buffer.from('mmsi,timestamp,lat,lon,rx'),
    columns: { receiver: 'rx' },
  };
  expect(stationOf(Buffer.from('413900100,2016-11-05,38,121,"Dalian, roof"'), table)).toBe('Dalian, roof');
  expect(stationOf(Buffer.from('413900100,2016-11-05,38,121,'), table)).toBe(null);
  expect(stationOf(Buffer.from('413900100,2016-11-05,38,121,x'), { ...table, columns: {} })).toBe(null);
});
