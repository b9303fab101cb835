/** A secret: the value itself is read from the environment where the service starts, and is never written or logged. */
export type Secret = { readonly env: string; readonly value: string };

/** A rectangle: south-west and north-east corner, degrees. */
export type Box = {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
};

/** Where a live feed comes from. `host` and `port` of a listener are those to listen on. */
export type LiveSource =
  | { readonly kind: 'nmea-tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'nmea-tcp-listener'; readonly host: string; readonly port: number }
  | { readonly kind: 'nmea-udp'; readonly host: string; readonly port: number }
  | { readonly kind: 'nmea-stdin' }
  | {
      readonly kind: 'aisstream';
      readonly url: string;
      readonly apiKey: Secret;
      readonly boxes: readonly Box[];
      readonly mmsi: readonly number[];
    }
  | { readonly kind: 'digitraffic-mqtt'; readonly url: string }
  | { readonly kind: 'digitraffic-rest'; readonly url: string; readonly everyS: number }
  | {
      readonly kind: 'barentswatch';
      readonly url: string;
      readonly tokenUrl: string;
      readonly clientId: string;
      readonly clientSecret: Secret;
    }
  | {
      readonly kind: 'aishub';
      readonly url: string;
      readonly username: Secret;
      readonly format: 0 | 1;
      readonly box: Box | null;
      readonly everyS: number;
    }
  | { readonly kind: 'gpsd'; readonly host: string; readonly port: number }
  | { readonly kind: 'ais-catcher-http'; readonly host: string; readonly port: number }
  | { readonly kind: 'ais-catcher-udp'; readonly host: string; readonly port: number }
  | { readonly kind: 'signalk'; readonly url: string; readonly token: Secret | null };

/** A live feed as it is configured. */
export type LiveFeedConfig = {
  readonly name: string;
  readonly synthetic: boolean;
  readonly terms: string | null;
  readonly source: LiveSource;
  /** Positions older than this on arrival are refused as `stale`, days. */
  readonly staleDays: number;
  /** A connection that brings nothing for this long is given up and made anew, seconds. */
  readonly silentS: number;
};

/** The kinds of source. */
export type LiveKind = LiveSource['kind'];
