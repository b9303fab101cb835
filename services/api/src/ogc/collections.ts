/** The collections of OGC API Features, by the id in their addresses. */
export const COLLECTIONS = {
  alerts: {
    title: 'Alerts',
    description: 'What someone should look at: a point where it began.',
    isDated: true,
  },
  tracks: {
    title: 'Tracks',
    description:
      'The way of each hull with two positions or more as a line of about 500 of them; see /v1/vessels/{id}/track for all.',
    isDated: true,
  },
  ports: { title: 'Ports', description: 'Ports of the gazetteer whose place is known.', isDated: false },
} as const;

/** The id of a collection. */
export type CollectionId = keyof typeof COLLECTIONS;

const WGS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

/** What the server is built after (OGC 17-069r4, section 6.1 and annex A). */
export const CONFORMANCE: readonly string[] = ['core', 'oas30', 'geojson'].map(
  (part) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${part}`,
);

/** Returns a link as OGC APIs have them. */
export function link(href: string, rel: string, type: string, title: string) {
  return { href, rel, type, title };
}

/** Returns the description of a collection; `base` is the address of /ogc, `query` what its links must carry on. */
export function describe(id: CollectionId, base: string, query: string) {
  const { title, description, isDated } = COLLECTIONS[id];
  const address = `${base}/collections/${id}`;
  const spatial = { bbox: [[-180, -90, 180, 90]], crs: WGS84 };
  const temporal = {
    interval: [[null, null]],
    trs: 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian',
  };
  return {
    id,
    title,
    description,
    itemType: 'feature',
    extent: isDated ? { spatial, temporal } : { spatial },
    crs: [WGS84],
    links: [
      link(`${address}${query}`, 'self', 'application/json', title),
      link(`${address}/items${query}`, 'items', 'application/geo+json', `${title} as GeoJSON`),
    ],
  };
}
