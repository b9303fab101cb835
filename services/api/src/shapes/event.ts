import { reasonIn, type Language } from '@offing/alerts';
import type { AlertRecord, EventRecord } from '@offing/store';
import { isoOf } from '@offing/units';
import type { PublicAlert, PublicEvent } from '../schemas/event.ts';

/** Returns an event as it stands in the API and in exports. */
export function publicEvent(record: EventRecord): PublicEvent {
  return {
    id: record.eventId,
    type: record.type,
    version: record.version,
    state: record.state,
    mmsi: record.mmsi,
    imoNumber: record.imoNumber,
    vesselId: record.vesselId,
    openedAt: isoOf(record.openedAt),
    closedAt: record.closedAt === null ? null : isoOf(record.closedAt),
    lon: record.lon,
    lat: record.lat,
    port: record.port,
    verdict: record.verdict,
    confidence: record.confidence,
    severity: record.severity,
    sentence: record.sentence,
    evidence: record.evidence,
    knownSince: isoOf(record.knownSince),
    rule: { id: record.type, version: record.ruleVersion, params: record.ruleParams },
    synthetic: record.synthetic,
    feeds: record.feeds,
    nexus: record.nexus,
  };
}

/** Returns an alert as it stands in the API and in exports: the face of its event under its own id. */
export function publicAlert(record: AlertRecord): PublicAlert {
  const { id, ...face } = publicEvent(record);
  return {
    id: record.alertId,
    eventId: id,
    ...face,
    innocentExplanations: record.innocent,
    reference: record.reference,
    reason: record.reason,
  };
}

/** Returns an alert told in a language, which it names then; as it is kept where none is asked for. */
export function publicAlertIn(record: AlertRecord, language: Language | undefined): PublicAlert {
  return language === undefined
    ? publicAlert(record)
    : { ...publicAlert(record), ...toldIn(record, language) };
}

/** Returns an alert with its sentence in every language, as it stands beside its versions. */
export function publicAlertVersion(record: AlertRecord, language?: Language) {
  const { sentence: en, translations } = record;
  const sentences = { en, zh: translations?.zh ?? null, ko: translations?.ko ?? null };
  return { ...publicAlertIn(record, language), sentences };
}

/** What was told in a language; in English where there is nothing else, and marked so. */
function toldIn({ translations, reason }: AlertRecord, language: Language) {
  if (language === 'en' || translations === null) return { sentenceLang: 'en' as const };
  return {
    sentence: translations[language],
    reason: reason === null ? null : (reasonIn(reason, language) ?? reason),
    sentenceLang: language,
  };
}
