import { describe, expect, it } from 'vitest';
import { vesselLanes } from '../../src/page/vessel-lanes.ts';
import { vesselPage, type VesselView } from '../../src/page/vessel-page.ts';
import { timeline } from '../../src/page/vessel-timeline.ts';
import { alertSchema, type PublicAlert } from '../../src/schemas/event.ts';
import { vesselDetailSchema, type PublicIdentity } from '../../src/schemas/vessel.ts';

const [alert] = (alertSchema as unknown as { examples: PublicAlert[] }).examples;
const [vessel] = (vesselDetailSchema as unknown as { examples: Omit<VesselView, 'alerts'>[] }).examples;
const HOSTILE = `</p><script>alert(1)</script>" onload="x`;

const report = (at: string, shipName: string | null): PublicIdentity => ({
  at,
  imoNumber: null,
  shipName,
  callSign: null,
  shipType: null,
  lengthM: null,
  beamM: null,
  draughtM: null,
  destination: null,
  eta: null,
  messageType: 5,
  feed: 'demo',
});
const pageOf = (fields: Partial<VesselView>) => vesselPage({ ...vessel, alerts: [], ...fields });
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

describe('the lanes of a vessel', () => {
  it('hold a name until the next that differs, and a report without a name ends none', () => {
    const history = [
      report('2016-11-05T00:00:00Z', 'NEW NAME'),
      report('2016-11-04T00:00:00Z', null),
      report('2016-11-03T00:00:00Z', 'OLD NAME'),
      report('2016-11-02T00:00:00Z', 'OLD NAME'),
    ];
    const names = vesselLanes(vessel, history, []).find(({ name }) => name === 'Name');
    expect(
      names?.bars.map(({ words, from, to }) => [
        words,
        new Date(from).toISOString(),
        new Date(to).toISOString(),
      ]),
    ).toEqual([
      ['OLD NAME', '2016-11-02T00:00:00.000Z', '2016-11-05T00:00:00.000Z'],
      ['NEW NAME', '2016-11-05T00:00:00.000Z', '2016-11-07T00:00:00.000Z'],
    ]);
  });

  it('show when it was heard, and each kind of alert with the way to it', () => {
    const lanes = vesselLanes(vessel, [], [alert, { ...alert, id: 'a_2', closedAt: null }]);
    expect(lanes.map(({ name, bars }) => [name, bars.length])).toEqual([
      ['Heard', 1],
      ['Transponder gap', 2],
    ]);
    const drawn = timeline(lanes)?.html ?? '';
    expect(drawn).toContain('href="/alerts/a_2"');
    expect(drawn).toContain('Heard: 1, Transponder gap: 2');
    expect(timeline([])).toBeNull();
  });
});

describe('the page of a vessel', () => {
  it('leads to registers of others for a ship that was heard, never for a made-up one', () => {
    const links = [
      'equasis.org',
      'opensanctions.org/search/?q=9163166',
      'marinetraffic.com',
      'globalfishingwatch.org',
    ];
    const real = pageOf({ synthetic: false, imoNumber: 9163166 });
    expect(links.filter((link) => !real.includes(link))).toEqual([]);
    const made = pageOf({ synthetic: true, imoNumber: 9163166 });
    expect(links.filter((link) => made.includes(link))).toEqual([]);
    expect(made).toContain('made-up ships for demonstration');
    expect(pageOf({ synthetic: false, imoNumber: null })).not.toContain('equasis.org');
  });

  it('says that hulls share a number, and what no alert and no listing mean', () => {
    expect(textOf(pageOf({ hullsOfMmsi: 3 }))).toContain('3 hulls were heard under this MMSI');
    const text = textOf(pageOf({}));
    expect(text).not.toContain('hulls were heard');
    expect(text).toContain('it is no proof of absence');
    expect(text).toContain('No list that was read names');
  });

  it('lets no text from outside become markup', () => {
    const html = pageOf({
      shipName: HOSTILE,
      destination: HOSTILE,
      identityHistory: [report('2016-11-05T00:00:00Z', HOSTILE)],
      alerts: [{ ...alert, sentence: HOSTILE }],
    });
    expect(html).not.toContain('<script>');
    expect(html).not.toContain('" onload="');
  });
});
