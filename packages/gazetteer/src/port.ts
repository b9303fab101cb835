/**
 * A place ships call at. `port` is one of a published list; `label` is a group of anchorage points that lies farther
 * than 30 km from every such port of its country, and that its source gave a name which is no such port's.
 */
export type PortKind = 'port' | 'label';

/** A port, with where its position and its names come from. */
export type Port = {
  readonly id: string;
  readonly kind: PortKind;
  /** The plain English name, e.g. "Longkou". */
  readonly name: string;
  readonly altNames: readonly string[];
  /** The name in the port's own script, or null. */
  readonly localName: string | null;
  /** Where `localName` comes from, or null when there is none. */
  readonly nameSource: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly unlocode: string | null;
  /** Degrees; both null for a port known by name only. Such a port is never near and never watched. */
  readonly lon: number | null;
  readonly lat: number | null;
  readonly positionSource: string;
  /** The port that this one is a part or the outer harbour of, or null. */
  readonly parentPortId: string | null;
  readonly watched: boolean;
  readonly note: string | null;
};

/** Whether ships lie alongside at a point (`berth`) or wait off the port (`roads`). */
export type AnchorageKind = 'berth' | 'roads';

/** A point where ships have been seen to lie still, and the port it belongs to; degrees. */
export type AnchoragePoint = {
  readonly lon: number;
  readonly lat: number;
  readonly portId: string;
  readonly kind: AnchorageKind;
};
