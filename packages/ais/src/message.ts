import type { Acknowledgement } from './messages/acknowledge.ts';
import type { AidToNavigationReport } from './messages/aid-to-navigation.ts';
import type { AssignedMode, GroupAssignment } from './messages/assignment.ts';
import type { BaseStationReport } from './messages/base-station.ts';
import type {
  AddressedBinary,
  BroadcastBinary,
  MultiSlotBinary,
  SingleSlotBinary,
} from './messages/binary.ts';
import type {
  ClassBExtendedReport,
  ClassBPositionReport,
  StaticReportA,
  StaticReportB,
} from './messages/class-b.ts';
import type { DgnssBroadcast } from './messages/dgnss.ts';
import type { Interrogation, UtcInquiry } from './messages/inquiry.ts';
import type { ChannelManagement, LinkManagement } from './messages/link-management.ts';
import type { LongRangeReport } from './messages/long-range.ts';
import type { PositionReport } from './messages/position-report.ts';
import type { AddressedSafetyText, SafetyText } from './messages/safety-text.ts';
import type { SarAircraftReport } from './messages/sar-aircraft.ts';
import type { StaticVoyageReport } from './messages/static-voyage.ts';

/** Any AIS message, told apart by `type` (and `part` for type 24); a field that is "not available" is null. */
export type AisMessage =
  | PositionReport
  | BaseStationReport
  | StaticVoyageReport
  | AddressedBinary
  | Acknowledgement
  | BroadcastBinary
  | SarAircraftReport
  | UtcInquiry
  | AddressedSafetyText
  | SafetyText
  | Interrogation
  | AssignedMode
  | DgnssBroadcast
  | ClassBPositionReport
  | ClassBExtendedReport
  | LinkManagement
  | AidToNavigationReport
  | ChannelManagement
  | GroupAssignment
  | StaticReportA
  | StaticReportB
  | SingleSlotBinary
  | MultiSlotBinary
  | LongRangeReport;

/** Why a payload is not a message; `code` tells a fault from a message, which has none. */
export type DecodeFault = {
  readonly code: 'unknown-type' | 'unsupported-length';
  /** What was found and what was expected. */
  readonly why: string;
};

/** Returns whether decoding came to a fault. */
export function isDecodeFault(result: AisMessage | DecodeFault): result is DecodeFault {
  return 'code' in result;
}
