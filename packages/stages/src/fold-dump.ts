import type { Outages, ReceptionDump, VanishingsDump } from '@offing/rules';
import type { HullDump, Identity } from '@offing/track';
import type { FeedClocksDump } from './feed-clocks.ts';
import type { ImoClaimsDump } from './imo-claims.ts';
import type { LandfallDump } from './landfall.ts';
import type { NexusDump } from './nexus-memory.ts';
import type { OutageWatchDump } from './outage-watch.ts';
import type { PlaceDump } from './place-stage.ts';
import type { PortStates, RuleStates } from './rule-runner.ts';
import type { SharingDump } from './sharing.ts';
import type { TrailColumns } from './trails.ts';
import type { VesselColumns } from './vessel-columns.ts';

/** Everything that a fold holds, as plain data that structured clone can carry. */
export type FoldDump = {
  readonly hulls: HullDump;
  readonly vessels: VesselColumns;
  readonly clocks: FeedClocksDump;
  readonly reception: ReceptionDump;
  readonly outages: ReturnType<Outages['dump']>;
  readonly outageWatch: OutageWatchDump;
  readonly sharing: SharingDump;
  readonly trails: TrailColumns;
  readonly vanishings: VanishingsDump;
  readonly landfall: LandfallDump;
  readonly nexus: NexusDump;
  readonly claims: ImoClaimsDump;
  readonly pending: ReadonlyMap<number, Identity>;
  readonly rules: RuleStates;
  readonly portRules: PortStates;
  readonly place: PlaceDump;
};
