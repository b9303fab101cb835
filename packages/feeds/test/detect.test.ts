import { makeColumns, makeStaticDictionary } from '@offing/track';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../src/detect.ts';
import { FORMAT_IDS, makeReader } from '../src/make-reader.ts';
import { SAMPLES as NMEA_SAMPLES, sample } from './nmea-reading.ts';

const SENTENCE = '!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24';
const detect = (text: string, name?: string) => detectFormat(Buffer.from(text), name);

describe('detectFormat', () => {
  it.each(NMEA_SAMPLES)('knows %s as NMEA', (name) => {
    expect(detectFormat(sample(name))).toBe('nmea');
  });

  it.each([
    ['a sentence', SENTENCE],
    ['a part of a sentence of a base station', '!BSVDM,2,1,4,B,53@ndj81mWKDh8hD000Dh4pN0<F222,0*63\r\n'],
    ['own ship', '!AIVDO,1,1,,,B5NJ;PP005l4ot5Isbl03wsUkP06,0*76\n'],
    ['a tag block', '\\s:117,c:1668046497*0A\\'],
    ['a tag block of a group', '\\g:1-2-4512,s:r003669946,c:1120959341*hh\\!AIVDM'],
    ['$PGHP', '$PGHP,1,2010,6,11,11,46,11,874,276,0,,1,5C*3B\n'],
    ['an epoch in front', `1550303566167726840 ${SENTENCE}`],
    ['an epoch behind', `${SENTENCE},1478304000`],
    ['a time and a comma in front', `2016-11-05 00:00:00,${SENTENCE}`],
    ['comments first', `# recorded on board\n\n${SENTENCE}\n`],
    ['other sentences first', '$GPRMC,092204.999,A,4250.5589,S,14718.5084,E,0.00,89.68,211200,,*25\n'],
    ['a byte order mark', `\ufeff${SENTENCE}`],
    ['a table with a column of sentences', `time,nmea\n2016-11-05T00:00:00Z,"${SENTENCE}"\n`],
  ])('knows NMEA with %s', (_what, text) => {
    expect(detect(text)).toBe('nmea');
  });

  it.each([
    ['marinecadastre', 'MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName\n'],
    ['marinecadastre', 'mmsi,base_date_time,longitude,latitude,sog,cog\n'],
    ['dma', '# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status\r\n'],
    ['dma', '\ufeff# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status\r\n'],
    ['gfw', 'ssvid,lat,lon,timestamp,seg_id,speed\n'],
    ['csv', 'mmsi,imo,name,ship_type,timestamp,lat,lon,sog,cog,heading\n'],
    ['csv', 'Time,MMSI,Latitude_degrees,Longitude_degrees,COG_degrees,SOG_knots\n'],
    ['csv', '"MMSI";"Longitude";"Latitude";"t"\n'],
    ['csv', '\n\nmmsi\ttimestamp\tlat\tlon'],
    ['csv', 'mmsi,when,y,x,lat\n'],
  ])('knows %s by %s', (format, header) => {
    expect(detect(header)).toBe(format);
  });

  it.each([
    ['jsonl', '[{"mmsi":413900100,"lat":38,"lon":121,"timestamp":1}]'],
    ['jsonl', '{"mmsi":413900100,"lat":38,"lon":121,"timestamp":1}\n'],
    ['aisstream', '{\n "Message": {},\n "MessageType": "PositionReport", "MetaData": {}}'],
    ['digitraffic', '{"type":"FeatureCollection","features":[{"properties":{"timestampExternal":1}}]}'],
    ['digitraffic', '{"topic":"vessels-v2/230000001/location","payload":{"time":1}}\n'],
    ['barentswatch', '{"mmsi":257000001,"msgtime":"2023-04-21T01:40:34Z","latitude":60}\n'],
    ['aishub', '[{"ERROR":false,"USERNAME":"A","FORMAT":"HUMAN"},[]]'],
    ['gpsd', '{"class":"AIS","type":1,"mmsi":413900100,"lat":38,"lon":121}\n'],
    ['ais-catcher', '{"class":"AIS","rxtime":"20240101000000","type":1,"mmsi":413900100}\n'],
    ['ais-catcher', '{"protocol":"jsonaiscatcher","msgs":[]}'],
    ['signalk', '{"context":"vessels.self","updates":[]}\n'],
  ])('knows %s by %s', (format, content) => {
    expect(detect(content)).toBe(format);
  });

  it('takes a table of positions with sentences in a column for a table', () => {
    expect(detect(`mmsi,timestamp,lat,lon,raw\n413900100,1478304000,38,121,"${SENTENCE}"\n`)).toBe('csv');
  });

  it('takes a file named .csv for one whose columns can be mapped', () => {
    expect(detect('ship,when,y,x\n1,2,3,4\n', 'tracks.csv')).toBe('csv');
    expect(detect('ship,when,y,x\n1,2,3,4\n', 'TRACKS.CSV.gz')).toBe('csv');
    expect(detect('ship,when,y,x\n1,2,3,4\n', 'tracks.txt')).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n\n'],
    ['prose', 'A ship sailed from here to there.\n'],
    ['JSON of other things', '[{"mmsi":413900100,"name":"A","timestamp":1}]'],
    ['a header in brackets', '{mmsi,timestamp,lat,lon}\n'],
    ['binary', '\0\u0001\u0002mmsi,timestamp,lat,lon\n'],
    ['a path of Windows', 'C:\\s:1\\x\n'],
  ])('knows nothing in %s', (_what, text) => {
    expect(detect(text)).toBeNull();
  });

  it('looks at a bounded part of a file without line breaks', () => {
    expect(detectFormat(Buffer.alloc(5_000_000, 120))).toBeNull();
  });
});

describe('makeReader', () => {
  it('makes a reader of every format, which reads a file of its own', () => {
    const files: Readonly<Record<string, string>> = {
      nmea: `${SENTENCE}\n`,
      marinecadastre: 'MMSI,BaseDateTime,LAT,LON\n413900100,2016-11-05T00:00:00,38,121\n',
      dma: '# Timestamp,Type of mobile,MMSI,Latitude,Longitude\n05/11/2016 00:00:00,Class A,413900100,38,121\n',
      gfw: 'ssvid,lat,lon,timestamp\n413900100,38,121,2016-11-05 00:00:00 UTC\n',
      csv: 'lon,lat,t,mmsi\n121,38,1478304000,413900100\n',
      aisstream: `{"MessageType":"PositionReport","Message":{"PositionReport":{"UserID":413900100,"Longitude":121,"Latitude":38}},"MetaData":{"time_utc":"2016-11-05 00:00:00 +0000 UTC"}}`,
      digitraffic:
        '{"topic":"vessels-v2/413900100/location","payload":{"time":1478304000,"lon":121,"lat":38}}\n',
      barentswatch: '{"mmsi":413900100,"msgtime":"2016-11-05T00:00:00Z","longitude":121,"latitude":38}\n',
      aishub:
        '[{"ERROR":false,"FORMAT":"HUMAN"},[{"MMSI":413900100,"TIME":"2016-11-05 00:00:00 GMT","LONGITUDE":121,"LATITUDE":38}]]',
      gpsd: '{"class":"AIS","type":1,"mmsi":413900100,"lon":121,"lat":38,"timestamp":"2016-11-05T00:00:00Z"}\n',
      'ais-catcher':
        '{"class":"AIS","type":1,"mmsi":413900100,"lon":121,"lat":38,"rxtime":"20161105000000"}\n',
      signalk:
        '{"context":"vessels.urn:mrn:imo:mmsi:413900100","updates":[{"timestamp":"2016-11-05T00:00:00Z","values":[{"path":"navigation.position","value":{"longitude":121,"latitude":38}}]}]}\n',
      jsonl: '{"mmsi":413900100,"lon":121,"lat":38,"t":1478304000}\n',
    };
    expect([...FORMAT_IDS].sort()).toEqual(Object.keys(files).sort());
    for (const format of FORMAT_IDS) {
      const content = Buffer.from(files[format]);
      const records = makeColumns(4);
      const out = { records, statics: makeStaticDictionary(), reject: () => {}, count: () => {} };
      const reader = makeReader(format, out, { feed: 0, startAt: Date.UTC(2016, 10, 5) });
      reader.push(content);
      reader.end();
      expect(records.length, format).toBe(1);
      expect(reader.fault, format).toBeNull();
      expect(detectFormat(content), format).toBe(format);
    }
  });
});
