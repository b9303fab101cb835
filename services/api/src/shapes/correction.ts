import type { Language } from '@offing/alerts';
import type { CorrectionRecord } from '@offing/store';
import { isoOf } from '@offing/units';
import { changesBetween } from '../page/version-changes.ts';
import type { PublicCorrection } from '../schemas/correction.ts';
import { alertPath } from './alert-path.ts';
import { publicAlertIn } from './event.ts';

/** Returns a correction as it stands in the API. */
export function publicCorrection(
  { kind, recordedAt, before, after }: CorrectionRecord,
  language?: Language,
): PublicCorrection {
  const [was, is] = [publicAlertIn(before, language), publicAlertIn(after, language)];
  return {
    id: `${is.id}:${is.version}`,
    alertId: is.id,
    eventId: is.eventId,
    version: is.version,
    kind,
    type: is.type,
    knownSince: is.knownSince,
    recordedAt: isoOf(recordedAt),
    reason: is.reason,
    changes: changesBetween(was, is),
    sentence: is.sentence,
    sentenceBefore: was.sentence,
    ...(is.sentenceLang === undefined ? {} : { sentenceLang: is.sentenceLang }),
    state: is.state,
    severity: is.severity,
    mmsi: is.mmsi,
    synthetic: is.synthetic,
    feeds: is.feeds,
    url: `${alertPath(is.id)}?as_of=${encodeURIComponent(is.knownSince)}`,
  };
}
