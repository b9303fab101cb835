import { uintAt } from './bits.ts';
import type { PayloadBits } from './bits.ts';
import type { AisMessage, DecodeFault } from './message.ts';
import { acknowledgement } from './messages/acknowledge.ts';
import { aidToNavigationReport } from './messages/aid-to-navigation.ts';
import { assignedMode, groupAssignment } from './messages/assignment.ts';
import { baseStationReport } from './messages/base-station.ts';
import { addressedBinary, broadcastBinary, multiSlotBinary, singleSlotBinary } from './messages/binary.ts';
import { classBExtendedReport, classBPositionReport, staticReport24 } from './messages/class-b.ts';
import { dgnssBroadcast } from './messages/dgnss.ts';
import { interrogation, utcInquiry } from './messages/inquiry.ts';
import { channelManagement, linkManagement } from './messages/link-management.ts';
import { longRangeReport } from './messages/long-range.ts';
import { positionReport } from './messages/position-report.ts';
import { addressedSafetyText, safetyText } from './messages/safety-text.ts';
import { sarAircraftReport } from './messages/sar-aircraft.ts';
import { staticVoyageReport } from './messages/static-voyage.ts';
import { expectedLength, lengthFits, messageTypeOf } from './payload-lengths.ts';

/**
 * Returns the message in a whole payload (the parts of a message put together), or why it is none. A payload shorter than its
 * type, or longer than the type can be, is refused: no field is ever made up (ITU-R M.1371-5, annex 8).
 */
export function decodePayload(bits: PayloadBits): AisMessage | DecodeFault {
  const type = messageTypeOf(bits);
  if (bits.length < 6) return { code: 'unsupported-length', why: `payload has ${bits.length} bits` };
  if (type < 1 || type > 27)
    return { code: 'unknown-type', why: `message type is ${type}, expected 1 to 27` };
  if (!lengthFits(type, bits)) return lengthFault(type, bits);
  const message = decoded(type, bits);
  if (message !== null) return message;
  if (type === 24)
    return { code: 'unknown-type', why: `type 24 part ${uintAt(bits.words, 38, 2)}, expected 0 or 1` };
  return {
    code: 'unsupported-length',
    why: `type ${type} has ${bits.length} bits, fewer than its flags need`,
  };
}

function lengthFault(type: number, bits: PayloadBits): DecodeFault {
  const why = `type ${type} has ${bits.length} bits, expected ${expectedLength(type)}`;
  return { code: 'unsupported-length', why };
}

function decoded(type: number, bits: PayloadBits): AisMessage | null {
  switch (type) {
    case 1:
    case 2:
    case 3:
      return positionReport(type, bits);
    case 4:
    case 11:
      return baseStationReport(type, bits);
    case 5:
      return staticVoyageReport(bits);
    case 6:
      return addressedBinary(bits);
    case 7:
    case 13:
      return acknowledgement(type, bits);
    case 8:
      return broadcastBinary(bits);
    case 9:
      return sarAircraftReport(bits);
    case 10:
      return utcInquiry(bits);
    case 12:
      return addressedSafetyText(bits);
    case 14:
      return safetyText(bits);
    case 15:
      return interrogation(bits);
    case 16:
      return assignedMode(bits);
    case 17:
      return dgnssBroadcast(bits);
    case 18:
      return classBPositionReport(bits);
    case 19:
      return classBExtendedReport(bits);
    case 20:
      return linkManagement(bits);
    case 21:
      return aidToNavigationReport(bits);
    case 22:
      return channelManagement(bits);
    case 23:
      return groupAssignment(bits);
    case 24:
      return staticReport24(bits);
    case 25:
      return singleSlotBinary(bits);
    case 26:
      return multiSlotBinary(bits);
    default:
      return longRangeReport(bits);
  }
}
