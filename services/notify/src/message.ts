import type { AlertRecord, OutgoingDelivery } from '@offing/store';
import { isoOf } from '@offing/units';

/** An alert as messages carry it: the face of the API's, its evidence left out where it is too long. */
export type MessageAlert = ReturnType<typeof messageAlert>;

/** Returns an alert as messages carry it. */
export function messageAlert(alert: AlertRecord, address: string) {
  return {
    id: alert.alertId,
    eventId: alert.eventId,
    url: address,
    type: alert.type,
    version: alert.version,
    state: alert.state,
    mmsi: alert.mmsi,
    imoNumber: alert.imoNumber,
    vesselId: alert.vesselId,
    openedAt: isoOf(alert.openedAt),
    closedAt: alert.closedAt === null ? null : isoOf(alert.closedAt),
    lon: alert.lon,
    lat: alert.lat,
    port: alert.port,
    verdict: alert.verdict,
    confidence: alert.confidence,
    severity: alert.severity,
    sentence: alert.sentence,
    innocentExplanations: alert.innocent,
    knownSince: isoOf(alert.knownSince),
    synthetic: alert.synthetic,
    nexus: alert.nexus,
    reason: alert.reason,
    evidence: alert.evidence as object | null,
  };
}

/** Returns the page of an alert under the address by which people reach the server. */
export function alertAddress(publicUrl: string, alert: AlertRecord): string {
  return `${publicUrl}/alerts/${alert.alertId}`;
}

/** Under which people reach the server, and whether anyone may fetch the pictures of alerts there. */
export type Addresses = { readonly publicUrl: string; readonly hasPictures: boolean };

/** Returns where the picture of an alert as it was told is; null where readers cannot fetch it. */
export function pictureAddress({ publicUrl, hasPictures }: Addresses, alert: AlertRecord): string | null {
  const known = encodeURIComponent(isoOf(alert.knownSince));
  return hasPictures ? `${publicUrl}/v1/alerts/${alert.alertId}.png?as_of=${known}` : null;
}

/** Returns the line that a message is known by: what changed, the kind, the place, how much it matters. */
export function subjectOf({ change, alert, watchlistName }: OutgoingDelivery): string {
  if (alert === null) return `Test of the watchlist ${watchlistName}`;
  const place = alert.port === null ? '' : ` off ${alert.port.name}`;
  const mark = change === 'opened' ? '' : `${CHANGES[change]}: `;
  return `${mark}${alert.synthetic ? '[synthetic] ' : ''}${alert.type}${place} (${alert.severity})`;
}

/** Returns the text of a message, a paragraph a piece. */
export function paragraphsOf({ change, alert, watchlistName }: OutgoingDelivery): readonly string[] {
  if (alert === null) {
    return [`This is a test of the watchlist ${watchlistName}. Nothing happened at sea.`];
  }
  return [
    ...(change === 'retracted' ? ['The alert that was sent before is withdrawn.'] : []),
    alert.sentence,
    ...(alert.reason === null ? [] : [`Why it changed: ${alert.reason}`]),
    `Confidence ${alert.confidence}. An alert is a reason to look, never a proof. Without ill intent it could be: ${alert.innocent.join(' ')}`,
  ];
}

const CHANGES = { revised: 'Revised', closed: 'Ended', retracted: 'Retracted', test: 'Test' } as const;
