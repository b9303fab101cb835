const bounds = {
  type: 'array',
  items: { type: 'number' },
  oneOf: [
    { minItems: 4, maxItems: 4 },
    { minItems: 6, maxItems: 6 },
  ],
};

const corner = (name: string) => ({
  type: 'array',
  prefixItems: [{ type: 'string' }, { const: name }],
  minItems: 2,
  maxItems: 2,
});

const column = {
  type: 'object',
  required: ['encoding', 'geometry_types'],
  properties: {
    encoding: {
      enum: ['WKB', 'point', 'linestring', 'polygon', 'multipoint', 'multilinestring', 'multipolygon'],
    },
    geometry_types: {
      type: 'array',
      uniqueItems: true,
      items: {
        enum: [
          'Point',
          'LineString',
          'Polygon',
          'MultiPoint',
          'MultiLineString',
          'MultiPolygon',
          'GeometryCollection',
        ].flatMap((type) => [type, `${type} Z`]),
      },
    },
    // PROJJSON or null; left out it is longitude and latitude on WGS84.
    crs: { type: ['object', 'null'] },
    edges: { enum: ['planar', 'spherical'] },
    orientation: { const: 'counterclockwise' },
    bbox: bounds,
    epoch: { type: 'number' },
    covering: {
      type: 'object',
      required: ['bbox'],
      properties: {
        bbox: {
          type: 'object',
          required: ['xmin', 'xmax', 'ymin', 'ymax'],
          properties: {
            xmin: corner('xmin'),
            xmax: corner('xmax'),
            ymin: corner('ymin'),
            ymax: corner('ymax'),
          },
        },
      },
    },
  },
} as const;

/** The file metadata under the key `geo`, as GeoParquet 1.1.0 describes it (geoparquet.org/releases/v1.1.0), written down anew. */
export const GEOPARQUET_METADATA = {
  type: 'object',
  required: ['version', 'primary_column', 'columns'],
  properties: {
    version: { const: '1.1.0' },
    primary_column: { type: 'string', minLength: 1 },
    columns: {
      type: 'object',
      minProperties: 1,
      propertyNames: { minLength: 1 },
      additionalProperties: column,
    },
  },
} as const;
