import type { Outages, ReceptionDump } from '@offing/rules';
import type { HullDump, Identity } from '@offing/track';
import type { FeedClocksDump } from './feed-clocks.ts';
import type { RuleStates } from './rule-runner.ts';
import type { VesselColumns } from './vessel-columns.ts';

/** Everything that a fold holds, as plain data that structured clone can carry. */
export type FoldDump = {
  readonly hulls: HullDump;
  readonly vessels: VesselColumns;
  readonly clocks: FeedClocksDump;
  readonly reception: ReceptionDump;
  readonly outages: ReturnType<Outages['dump']>;
  readonly pending: ReadonlyMap<number, Identity>;
  readonly rules: RuleStates;
};
