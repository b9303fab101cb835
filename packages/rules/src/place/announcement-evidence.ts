import type { Announcement } from '@offing/gazetteer';
import type { Json } from '../event.ts';

/** Returns an announcement as it stands in evidence: what it says, since when, and who said, reported and denied it. */
export function announcementEvidence(announcement: Announcement): { readonly [key: string]: Json } {
  const { id, bars, firstDay, lastDay, announcedBy, reportedBy, deniedBy, deniedOn, note, window } =
    announcement;
  return {
    id,
    bars,
    from: firstDay,
    until: lastDay,
    window: window === null ? null : `${window.length} ${window.unit}`,
    announcedBy,
    reportedBy,
    deniedBy,
    deniedOn,
    note,
  };
}
