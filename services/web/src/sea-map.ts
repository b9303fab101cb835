/// <reference lib="dom" />
// Puts a map in the place of the picture that the server drew of an alert or of a vessel. Without WebGL2 the picture stays.
import type { FeatureCollection, Position } from 'geojson';
import './map/map.css';
import { hasWebGl2, mountMap } from './map/mount.ts';
import type { AlertPoint, MapProps, Place } from './map/props.ts';

const host = document.getElementById('sea-map');
const { src, name } = host?.dataset ?? {};
if (host !== null && src !== undefined && hasWebGl2()) void draw(host, src, name ?? 'Map');

async function draw(place: HTMLElement, address: string, title: string): Promise<void> {
  const answer = await fetch(address).catch(() => null);
  if (answer?.ok !== true) return;
  const props = propsOf((await answer.json()) as FeatureCollection, title);
  place.hidden = false;
  mountMap(place, {
    ...props,
    onSelect: ({ kind, id }) => {
      location.assign(
        kind === 'alert' ? `/alerts/${encodeURIComponent(id)}` : `/ports/${encodeURIComponent(id)}`,
      );
    },
  });
  // What the lines mean stands below the picture, and below the map.
  const drawn = document.querySelector<HTMLElement>('#sea-picture a');
  if (drawn !== null) drawn.hidden = true;
}

function propsOf({ features }: FeatureCollection, title: string): MapProps {
  const track: (readonly Place[])[] = [];
  const gaps: (readonly [Place, Place])[] = [];
  const witnesses: Place[] = [];
  const alerts: AlertPoint[] = [];
  let reach: MapProps['reach'];
  for (const { geometry, properties } of features) {
    if (geometry.type === 'LineString') {
      const places = geometry.coordinates.map(placeOf);
      if (properties?.['kind'] === 'gap') gaps.push([places[0], places[places.length - 1]]);
      else track.push(places);
    } else if (geometry.type === 'Polygon') reach = geometry;
    else if (geometry.type === 'Point') {
      const place = placeOf(geometry.coordinates);
      if (properties?.['kind'] === 'mark') witnesses.push(place);
      else alerts.push({ ...(properties as Omit<AlertPoint, 'lon' | 'lat'>), ...place });
    }
  }
  return { name: title, track, gaps, witnesses, alerts, ...(reach === undefined ? {} : { reach }) };
}

function placeOf([lon, lat]: Position): Place {
  return { lon, lat };
}
