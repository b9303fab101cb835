/** Numbers of a place: longitude, latitude on WGS84 (RFC 7946, section 4), no height. */
const position = {
  type: 'array',
  prefixItems: [
    { type: 'number', minimum: -180, maximum: 180 },
    { type: 'number', minimum: -90, maximum: 90 },
  ],
  items: false,
  minItems: 2,
};
const positions = (least: number) => ({ type: 'array', minItems: least, items: position });
const shapes = {
  Point: position,
  MultiPoint: positions(0),
  LineString: positions(2),
  MultiLineString: { type: 'array', items: positions(2) },
  // A linear ring has four positions or more (section 3.1.6); that it is closed no schema can say.
  Polygon: { type: 'array', minItems: 1, items: positions(4) },
  MultiPolygon: { type: 'array', items: { type: 'array', minItems: 1, items: positions(4) } },
};
const geometry = {
  oneOf: Object.entries(shapes).map(([type, coordinates]) => ({
    type: 'object',
    properties: {
      type: { const: type },
      coordinates,
      // Members of other objects have no place here (section 7.1).
      geometry: false,
      properties: false,
      features: false,
    },
    required: ['type', 'coordinates'],
  })),
};
const feature = {
  type: 'object',
  properties: {
    type: { const: 'Feature' },
    id: { type: ['string', 'number'] },
    geometry: { anyOf: [{ type: 'null' }, geometry] },
    properties: { type: ['object', 'null'] },
    coordinates: false,
    features: false,
  },
  required: ['type', 'geometry', 'properties'],
};

/** A FeatureCollection of RFC 7946 as a JSON schema; what is not of GeoJSON may stand beside (section 6.1), but no `crs` (section 4). */
export const featureCollectionSchema = {
  type: 'object',
  properties: {
    type: { const: 'FeatureCollection' },
    features: { type: 'array', items: feature },
    crs: false,
    coordinates: false,
    geometry: false,
    properties: false,
  },
  required: ['type', 'features'],
};
