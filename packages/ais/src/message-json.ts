import { aidTypeText } from './codes/aid-type.ts';
import { epfdText } from './codes/epfd.ts';
import { navStatusText } from './codes/nav-status.ts';
import { shipTypeText } from './codes/ship-type.ts';
import type { AisMessage } from './message.ts';

/** A message as plain JSON: numbers, text, booleans and null; lists and the communication state are nested. */
export type MessageJson = { readonly [field: string]: unknown };

/**
 * Returns a message as `offing decode` prints it: `type` and `mmsi` first, then the fields by their names with null for "not
 * available", and beside each code its meaning in words (`navStatusText`, `shipTypeText`, `epfdText`, `aidTypeText`).
 */
export function messageToJson(message: AisMessage): MessageJson {
  const { type, mmsi, ...fields } = message;
  return { type, mmsi, ...fields, ...meanings(message) };
}

function meanings(message: AisMessage): Record<string, string | null> {
  return {
    ...('navStatus' in message && { navStatusText: navStatusText(message.navStatus) }),
    ...('shipType' in message && { shipTypeText: shipTypeText(message.shipType) }),
    ...('epfd' in message && { epfdText: epfdText(message.epfd) }),
    ...('aidType' in message && { aidTypeText: aidTypeText(message.aidType) }),
  };
}
