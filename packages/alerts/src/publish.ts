import { type EventDraft, type EventState, type EventVersion, type Json, type Rule } from '@offing/rules';
import { stableId } from '@offing/units';
import { englishSentence } from './sentences/english.ts';
import { retractedTranslations, translationsOf } from './sentences/translations.ts';
import { severityOf } from './severity.ts';

/** An event version whose number is not known yet: the store gives it, from what is kept already. */
export type UnnumberedVersion = Omit<EventVersion, 'version'>;

/** Returns the id of an event: from its rule, its hulls (or what stands for them) and the first moment as first told, so that a replay gives the same. */
export function eventIdOf(draft: EventDraft): string {
  const hulls = draft.idParts ?? draft.vessels.map((vessel) => vessel.vesselId);
  return stableId('e_', [draft.type, ...hulls, draft.firstToldAt, draft.discriminator]);
}

/** Returns the id of the alert on an event. */
export function alertIdOf(eventId: string): string {
  return `a_${eventId.slice(2)}`;
}

/** Returns the public face of what a rule told: ids, severity, words, and the versions of what it was judged by. */
export function publish(
  draft: EventDraft,
  rules: readonly Rule[],
  reference: { readonly [key: string]: Json },
): UnnumberedVersion {
  const { vessels, ...rest } = draft;
  const eventId = eventIdOf(draft);
  const rule = rules.find((candidate) => candidate.id === draft.type);
  return {
    type: rest.type,
    change: rest.change,
    openedAt: rest.openedAt,
    closedAt: rest.closedAt,
    lon: rest.lon,
    lat: rest.lat,
    port: rest.port,
    verdict: rest.verdict,
    confidence: rest.confidence,
    nexus: rest.nexus,
    evidence: rest.evidence,
    feeds: rest.feeds,
    synthetic: rest.synthetic,
    ruleVersion: rest.ruleVersion,
    ruleParams: rest.ruleParams,
    reason: rest.reason,
    knownSince: rest.knownSince,
    eventId,
    alertId: alertIdOf(eventId),
    state: stateAfter(draft),
    mmsi: [...new Set(vessels.map((vessel) => vessel.mmsi))],
    imoNumber: [
      ...new Set(vessels.flatMap((vessel) => (vessel.imoNumber === null ? [] : [vessel.imoNumber]))),
    ],
    vesselId: vessels.map((vessel) => vessel.vesselId),
    severity: severityOf(draft),
    sentence: englishSentence(draft),
    translations: translationsOf(draft),
    innocent: rule?.docs.innocent ?? [],
    reference,
  };
}

/** Returns the version that withdraws an event, with the reason in its sentence; the evidence stays readable. */
export function retractionOf(
  version: UnnumberedVersion,
  reason: string,
  knownSince: number,
): UnnumberedVersion {
  const { translations } = version;
  const sentence = `RETRACTED: ${version.sentence} Withdrawn because ${reason}.`;
  return {
    ...version,
    change: 'retracted',
    state: 'retracted',
    severity: 'info',
    sentence,
    translations: translations === null ? null : retractedTranslations(translations, reason),
    reason,
    knownSince,
  };
}

function stateAfter(draft: EventDraft): EventState {
  if (draft.change === 'retracted') return 'retracted';
  return draft.change === 'closed' ? 'closed' : 'open';
}
