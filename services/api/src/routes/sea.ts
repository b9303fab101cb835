import { Type } from '@fastify/type-provider-typebox';
import { alertVersions, listAlerts, thinnedTracks, type AlertRecord, type Reader } from '@offing/store';
import type { ApiContext } from '../context.ts';
import { sceneOf } from '../picture/scene.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { shipsOfAlert } from '../query/alert-ships.ts';
import { instants, present } from '../query/event-filter.ts';
import { alertIdParameters, parameters, vesselIdParameters } from '../schemas/parameters.ts';
import { mapResponses } from '../schemas/responses.ts';
import { publicAlert } from '../shapes/event.ts';
import {
  featureText,
  gapFeature,
  placeFeature,
  reachFeature,
  trackFeatures,
} from '../shapes/sea-features.ts';
import { trackSpanOf } from '../shapes/track-span.ts';
import { vesselOf } from './vessels.ts';

const MOST_TRACKS = 6;
const ALERT_POINTS = 500;
const VESSEL_POINTS = 2_000;
const MOST_ALERTS = 100;
const querystring = Type.Partial(Type.Object({ as_of: parameters.as_of }));

/** Adds what the maps of one alert and of one vessel are drawn of. */
export function addSeaRoutes(app: App, context: ApiContext): void {
  addSeaOfAlert(app, context);
  addSeaOfVessel(app, context);
}

function addSeaOfAlert(app: App, context: ApiContext): void {
  const { reader, version } = context;
  const schema = {
    operationId: 'getAlertMap',
    summary: 'Get the map of an alert',
    description:
      'What the map of an alert shows, as GeoJSON; `kind` says what a feature is: `track` (positions as received, evenly left out), `gap` (not heard), `reach` (what can have been reached meanwhile), `mark` (places that the evidence names), `alert`. With `as_of` what was known then.',
    tags: ['alerts'],
    params: alertIdParameters,
    querystring,
    response: mapResponses('The map.'),
  };
  app.get('/v1/alerts/:id.geojson', { schema }, async (request, reply) => {
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const { id } = request.params;
    const record = (await alertVersions(reader, id, instants(request.filters).asOf)).at(-1);
    if (record === undefined) throw new Problem('not-found', `There is no alert ${id}`);
    return reply.type('application/geo+json').send(await seaOfAlert(reader, record));
  });
}

async function seaOfAlert(reader: Reader, record: AlertRecord): Promise<string> {
  const ships = await shipsOfAlert(reader, record, MOST_TRACKS);
  const tracks = await thinnedTracks(reader, ships, { ...trackSpanOf(record), points: ALERT_POINTS });
  const alert = publicAlert(record);
  const { gap, reach, marks } = sceneOf(alert, tracks, []);
  return featureText([
    ...(reach === null ? [] : [reachFeature(reach.edge)]),
    ...tracks.flatMap(trackFeatures),
    ...(gap?.on == null ? [] : [gapFeature(gap.off, gap.on)]),
    ...marks.map((mark) => placeFeature('mark', mark, { label: mark.label, at: mark.at })),
    alertFeature(record),
  ]);
}

function alertFeature(record: AlertRecord): object {
  const { id, severity, synthetic, sentence, lon, lat } = publicAlert(record);
  return placeFeature('alert', { lon, lat }, { id, severity, synthetic, sentence });
}

function addSeaOfVessel(app: App, context: ApiContext): void {
  const { reader, version } = context;
  const schema = {
    operationId: 'getVesselMap',
    summary: 'Get the map of a vessel',
    description:
      'Its whole track, evenly left out down to some 2,000 positions, and its newest alerts, as GeoJSON; `kind` of a feature is `track` or `alert`. With `as_of` what was known then. /v1/vessels/{id}/track has every position.',
    tags: ['vessels'],
    params: vesselIdParameters,
    querystring,
    response: mapResponses('The map.'),
  };
  app.get('/v1/vessels/:id.geojson', { schema }, async (request, reply) => {
    const { id } = request.params;
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const known = present({ asOf: instants(request.filters).asOf });
    const vessel = await vesselOf(context, id, known.asOf);
    const span = { points: VESSEL_POINTS, ...(known.asOf === undefined ? {} : { to: known.asOf }) };
    const tracks = await thinnedTracks(reader, [vessel], span);
    const alerts = await listAlerts(
      reader,
      { vesselId: id, states: ['open', 'closed'], ...known },
      { limit: MOST_ALERTS },
    );
    return reply
      .type('application/geo+json')
      .send(featureText([...tracks.flatMap(trackFeatures), ...alerts.map(alertFeature)]));
  });
}
