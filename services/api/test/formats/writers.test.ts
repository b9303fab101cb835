import { describe, expect, it } from 'vitest';
import { alertKind, coverageKind, eventKind, positionKind, vesselKind } from '../../src/formats/kinds.ts';
import { textWriter } from '../../src/formats/writers.ts';
import { writeAll, writeStream, type TextFormat } from '../../src/formats/writer.ts';
import { coverageSchema } from '../../src/schemas/coverage.ts';
import type { PublicEvent } from '../../src/schemas/event.ts';
import { alertSchema, eventSchema } from '../../src/schemas/event.ts';
import { positionSchema, vesselSchema } from '../../src/schemas/vessel.ts';

/** The examples of the documents are whole items; what is documented is what is written. */
const exampleOf = (schema: object) => (schema as { examples: unknown[] }).examples[0];
const event = exampleOf(eventSchema) as PublicEvent;
const FORMATS: readonly TextFormat[] = ['ndjson', 'csv', 'geojson', 'kml'];

describe.each(FORMATS)('%s', (format) => {
  it('writes no items as a whole document', () => {
    const text = writeAll(textWriter(eventKind, format), []);
    if (format === 'geojson') expect(JSON.parse(text)).toEqual({ type: 'FeatureCollection', features: [] });
    else if (format === 'kml') expect(text).toMatch(/<kml[^]*<\/kml>\n$/);
    else expect(text.split('\n').filter(Boolean)).toHaveLength(format === 'csv' ? 1 : 0);
  });

  it('writes a stream as it writes a list', async () => {
    const items = [event, { ...event, id: 'e2' }];
    async function* stream() {
      yield* items;
    }
    const pieces: string[] = [];
    for await (const piece of writeStream(textWriter(eventKind, format), stream())) pieces.push(piece);
    expect(pieces.join('')).toBe(writeAll(textWriter(eventKind, format), items));
  });

  it('writes each kind of item', () => {
    const texts = [
      writeAll(textWriter(eventKind, format), [event]),
      writeAll(textWriter(alertKind, format), [exampleOf(alertSchema) as never]),
      writeAll(textWriter(positionKind, format), [exampleOf(positionSchema) as never]),
      writeAll(textWriter(vesselKind, format), [exampleOf(vesselSchema) as never]),
    ];
    for (const text of texts) expect(text).toContain(format === 'kml' ? '<coordinates>120.' : '445123000');
    const coverage = writeAll(textWriter(coverageKind, format), [exampleOf(coverageSchema) as never]);
    expect(coverage).toContain(format === 'kml' ? '<coordinates>121.77,38.7' : '1149580');
  });

  it('writes an event without ships, as an outage of a feed', () => {
    const outage = { ...event, type: 'feed-outage', mmsi: [], imoNumber: [], vesselId: [] };
    const text = writeAll(textWriter(eventKind, format), [outage]);
    expect(text).toContain('feed-outage');
    if (format === 'geojson')
      expect(JSON.parse(text)).toMatchObject({ features: [{ properties: { mmsi: [], vesselId: [] } }] });
    if (format === 'ndjson') expect(JSON.parse(text)).toEqual(outage);
    if (format === 'csv') expect(text.split('\r\n')[1].split(',').slice(4, 7)).toEqual(['', '', '']);
  });
});

it('writes an event as one line of the contract', () => {
  expect(Object.keys(JSON.parse(writeAll(textWriter(eventKind, 'ndjson'), [event])) as object)).toEqual([
    'id',
    'type',
    'version',
    'state',
    'mmsi',
    'imoNumber',
    'vesselId',
    'openedAt',
    'closedAt',
    'lon',
    'lat',
    'port',
    'verdict',
    'confidence',
    'severity',
    'sentence',
    'evidence',
    'knownSince',
    'rule',
    'synthetic',
    'feeds',
    'nexus',
  ]);
});

it('writes points in the order lon, lat', () => {
  const [feature] = (
    JSON.parse(writeAll(textWriter(eventKind, 'geojson'), [event])) as {
      features: { id: string; geometry: object; properties: object }[];
    }
  ).features;
  expect(feature.geometry).toEqual({ type: 'Point', coordinates: [event.lon, event.lat] });
  expect(feature.id).toBe(event.id);
  expect(feature.properties).not.toHaveProperty('lon');
});

it('lets no name break out of KML', () => {
  const text = writeAll(textWriter(eventKind, 'kml'), [
    { ...event, sentence: '</description><script>&\0\u{1f6a2}\ud800' },
  ]);
  expect(text).toContain('&lt;/description&gt;&lt;script&gt;&amp;\ufffd\u{1f6a2}\ufffd');
});

it('says in KML that ships are made up', () => {
  expect(writeAll(textWriter(eventKind, 'kml'), [{ ...event, synthetic: true }])).toContain('made-up ships');
  expect(writeAll(textWriter(eventKind, 'kml'), [{ ...event, synthetic: false }])).not.toContain(
    'made-up ships',
  );
});
