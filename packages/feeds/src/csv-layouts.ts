import type { FormatId } from './feed.ts';

/** The formats that are rows and columns. */
export type CsvFormatId = Extract<FormatId, 'marinecadastre' | 'dma' | 'gfw' | 'csv'>;

/**
 * What a column may be to us. Most are the fields of our records by their names; the last ones are put together:
 * dimensions from the antenna, cargo, and the parts of time and ETA.
 */
export const CSV_FIELDS = [
  'mmsi',
  'timestamp',
  'lat',
  'lon',
  'sog',
  'cog',
  'heading',
  'nav_status',
  'imo',
  'name',
  'call_sign',
  'ship_type',
  'cargo_type',
  'length',
  'width',
  'draught',
  'destination',
  'eta',
  'receiver',
  'ais_class',
  'message_type',
  'received_at',
  'mobile_type',
  'millisecond',
  'to_bow',
  'to_stern',
  'to_port',
  'to_starboard',
  'eta_month',
  'eta_day',
  'eta_hour',
  'eta_minute',
] as const;

/** One of CSV_FIELDS: the name of a field in `--map field=column`. */
export type CsvField = (typeof CSV_FIELDS)[number];

/** Fields without which a row is no position. */
export const REQUIRED_FIELDS = ['mmsi', 'timestamp', 'lat', 'lon'] as const satisfies readonly CsvField[];

/** Names of the columns for each field, the best first. Case, blanks, `_`, `#` and other signs do not count. */
export type CsvColumnNames = Readonly<Partial<Record<CsvField, readonly string[]>>>;

/** How the rows of one format are laid out. */
export type CsvLayout = {
  readonly columns: CsvColumnNames;
  /** Whether a date with slashes is dd/mm/yyyy. */
  readonly dayFirst: boolean;
  /** Draught is this many units a metre. */
  readonly draughtPerM: number;
};

/** NOAA's MarineCadastre: the names until 2024, then those since 2025. IMO is `IMO9627980`, length, width and draught in metres. */
const MARINECADASTRE: CsvLayout = {
  dayFirst: false,
  draughtPerM: 1,
  columns: {
    mmsi: ['MMSI', 'mmsi'],
    timestamp: ['BaseDateTime', 'base_date_time'],
    lat: ['LAT', 'latitude'],
    lon: ['LON', 'longitude'],
    sog: ['SOG', 'sog'],
    cog: ['COG', 'cog'],
    heading: ['Heading', 'heading'],
    name: ['VesselName', 'vessel_name'],
    imo: ['IMO', 'imo'],
    call_sign: ['CallSign', 'call_sign'],
    ship_type: ['VesselType', 'vessel_type'],
    nav_status: ['Status', 'status'],
    length: ['Length', 'length'],
    width: ['Width', 'width'],
    draught: ['Draft', 'draft'],
    // `Cargo` repeats VesselType and is not read.
    ais_class: ['TransceiverClass', 'transceiver'],
  },
};

/** The Danish Maritime Authority's files. Dates are dd/mm/yyyy, times UTC; A to D are metres from the antenna. */
const DMA: CsvLayout = {
  dayFirst: true,
  draughtPerM: 1,
  columns: {
    timestamp: ['# Timestamp'],
    mobile_type: ['Type of mobile'],
    mmsi: ['MMSI'],
    lat: ['Latitude'],
    lon: ['Longitude'],
    nav_status: ['Navigational status'],
    sog: ['SOG'],
    cog: ['COG'],
    heading: ['Heading'],
    imo: ['IMO'],
    call_sign: ['Callsign'],
    name: ['Name'],
    ship_type: ['Ship type'],
    cargo_type: ['Cargo type'],
    width: ['Width'],
    length: ['Length'],
    draught: ['Draught'],
    destination: ['Destination'],
    eta: ['ETA'],
    to_bow: ['A'],
    to_stern: ['B'],
    to_port: ['C'],
    to_starboard: ['D'],
  },
};

/** Tables in the manner of Global Fishing Watch: `ssvid` is the MMSI, `speed` is in knots, `type` is `AIS.1`. */
const GFW: CsvLayout = {
  dayFirst: false,
  draughtPerM: 1,
  columns: {
    mmsi: ['ssvid', 'mmsi'],
    timestamp: ['timestamp'],
    lat: ['lat', 'latitude'],
    lon: ['lon', 'longitude'],
    sog: ['speed', 'speed_knots', 'sog'],
    cog: ['course', 'cog'],
    heading: ['heading', 'hdg'],
    nav_status: ['status', 'navstat'],
    imo: ['imo', 'n_imo'],
    name: ['shipname', 'n_shipname'],
    call_sign: ['callsign', 'n_callsign'],
    ship_type: ['shiptype'],
    length: ['length'],
    width: ['width'],
    destination: ['destination'],
    receiver: ['receiver_type'],
    message_type: ['type'],
  },
};

/** exactEarth's wide dump of decoded messages: one column for each field of each message type, draught in 1/10 m as on the air. */
const EXACT_EARTH: CsvLayout = {
  dayFirst: false,
  draughtPerM: 10,
  columns: {
    mmsi: ['MMSI'],
    message_type: ['Message_ID'],
    timestamp: ['Time'],
    millisecond: ['Millisecond'],
    name: ['Vessel_Name'],
    call_sign: ['Call_sign'],
    imo: ['IMO'],
    ship_type: ['Ship_Type'],
    to_bow: ['Dimension_to_Bow'],
    to_stern: ['Dimension_to_stern'],
    to_port: ['Dimension_to_port'],
    to_starboard: ['Dimension_to_starboard'],
    draught: ['Draught'],
    destination: ['Destination'],
    nav_status: ['Navigational_status'],
    sog: ['SOG'],
    lon: ['Longitude'],
    lat: ['Latitude'],
    cog: ['COG'],
    heading: ['Heading'],
    eta_month: ['ETA_month'],
    eta_day: ['ETA_day'],
    eta_hour: ['ETA_hour'],
    eta_minute: ['ETA_minute'],
  },
};

/** Any other file: the common spellings. Speeds are in knots, angles in degrees, dimensions in metres. */
const GENERIC: CsvLayout = {
  dayFirst: false,
  draughtPerM: 1,
  columns: {
    mmsi: ['mmsi', 'ssvid', 'mmsi_number', 'mmsi_code', 'user_id', 'vessel_mmsi', 'ship_mmsi', 'source_mmsi'],
    timestamp: [
      ...['timestamp', 'time', 'at', 'datetime', 'base_date_time', 't', 'utc', 'ts'],
      ...['timestamp_utc', 'time_utc', 'utc_time', 'datetime_utc', 'date_time_utc', 'utc_datetime'],
      ...['position_time', 'event_time', 'msg_time', 'message_time', 'time_position', 'dt_pos_utc', 'tstamp'],
      ...['epoch', 'epoch_s', 'epoch_ms', 'unix_time', 'unix', 'unix_timestamp', 'timestamp_ms', 'date'],
    ],
    lat: ['lat', 'latitude', 'lat_deg', 'latitude_deg', 'latitude_degrees', 'lat_dd', 'position_lat'],
    lon: [
      ...['lon', 'long', 'lng', 'longitude', 'lon_deg', 'longitude_deg', 'longitude_degrees', 'lon_dd'],
      'position_lon',
    ],
    sog: [
      ...['sog', 'speed', 'speed_over_ground', 'sog_kn', 'sog_kts', 'sog_knots', 'speed_kn', 'speed_kts'],
      ...['speed_knots', 'speed_over_ground_knots'],
    ],
    cog: ['cog', 'course', 'course_over_ground', 'cog_deg', 'cog_degrees', 'course_deg', 'course_degrees'],
    heading: ['heading', 'true_heading', 'hdg', 'heading_deg', 'heading_degrees', 'true_heading_deg'],
    nav_status: [
      ...['nav_status', 'navigational_status', 'navigation_status', 'status', 'navstat', 'nav_stat'],
      ...['nav_status_code', 'nav_status_id', 'navigationalstatus_code'],
    ],
    imo: ['imo', 'imo_number', 'imo_no', 'lrimo', 'imo_code', 'vessel_imo', 'ship_imo'],
    name: ['name', 'ship_name', 'vessel_name', 'name_ais'],
    call_sign: ['call_sign', 'radio_call_sign', 'ircs'],
    ship_type: [
      ...['ship_type', 'vessel_type', 'ship_type_code', 'vessel_type_code', 'ship_and_cargo_type'],
      ...['ship_cargo_type', 'type_of_ship_and_cargo', 'ais_ship_type'],
    ],
    cargo_type: ['cargo_type'],
    length: ['length', 'length_m', 'loa', 'length_overall', 'ship_length', 'vessel_length'],
    width: ['width', 'beam', 'breadth', 'width_m', 'beam_m', 'ship_width', 'vessel_width'],
    draught: ['draught', 'draft', 'draught_m', 'draft_m', 'max_draught', 'maximum_draught', 'static_draught'],
    destination: ['destination', 'dest'],
    eta: ['eta', 'estimated_time_of_arrival'],
    receiver: ['receiver', 'receiver_type', 'collection_type', 'receiver_kind'],
    ais_class: ['ais_class', 'transceiver_class', 'transceiver', 'transponder_class', 'class'],
    message_type: ['message_type', 'msg_type', 'message_id', 'msg_id', 'ais_message_type', 'ais_type'],
    received_at: [
      ...['received_at', 'receiver_time', 'receive_time', 'received_time', 'time_received', 'rx_time'],
      ...['recv_time', 'reception_time', 'received'],
    ],
    mobile_type: ['type_of_mobile', 'mobile_type'],
    millisecond: ['millisecond', 'milliseconds'],
    to_bow: ['to_bow', 'dimension_to_bow', 'dim_bow', 'dim_a'],
    to_stern: ['to_stern', 'dimension_to_stern', 'dim_stern', 'dim_b'],
    to_port: ['to_port', 'dimension_to_port', 'dim_port', 'dim_c'],
    to_starboard: ['to_starboard', 'dimension_to_starboard', 'dim_starboard', 'dim_d'],
    eta_month: ['eta_month'],
    eta_day: ['eta_day'],
    eta_hour: ['eta_hour'],
    eta_minute: ['eta_minute'],
  },
};

/** Names that a field may also have in `--map`, beside its own and all spellings of GENERIC: those of our records. */
const RECORD_NAMES: CsvColumnNames = {
  sog: ['sogKn'],
  cog: ['cogDeg'],
  heading: ['headingDeg'],
  width: ['beamM'],
  length: ['lengthM'],
  draught: ['draughtM'],
};

/** Returns a column's name as it is compared: letters and digits only, in small letters. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Returns the layout of a file by its format and its header: a wide dump is known by columns that nothing else has. */
export function layoutOf(format: CsvFormatId, header: readonly string[]): CsvLayout {
  if (format === 'marinecadastre') return MARINECADASTRE;
  if (format === 'dma') return DMA;
  if (format === 'gfw') return GFW;
  const names = new Set(header.map(plainName));
  return names.has('messageid') && names.has('dimensiontobow') && names.has('datalength')
    ? EXACT_EARTH
    : GENERIC;
}

/** Returns the field that a name in `--map` means, or null. */
export function fieldNamed(name: string): CsvField | null {
  const plain = plainName(name);
  const means = (names: readonly string[] | undefined) =>
    names?.some((one) => plainName(one) === plain) ?? false;
  return (
    CSV_FIELDS.find(
      (field) => plainName(field) === plain || means(GENERIC.columns[field]) || means(RECORD_NAMES[field]),
    ) ?? null
  );
}
