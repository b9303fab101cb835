import { HOUR_MS } from '@offing/units';
import type { EventChange, EventDraft, Verdict } from '../event.ts';
import type { Reaction, Surroundings } from '../rule.ts';
import { numberParam } from '../params.ts';
import type { Fix, Signal, VesselView } from '../signal.ts';
import { mooredAt } from './moored.ts';
import {
  beginSilence,
  judgeSilence,
  listenOn,
  whyWithheld,
  type Judgement,
  type Silence,
  type SilenceParams,
} from './silence.ts';

/** A long silence is judged more seldom, but at least this often, hours (ours: reception is remembered for longer). */
const REJUDGE_MOST_H = 6;

/** A silence and what was told of it. */
export type ToldSilence = Silence & {
  /** The verdict last told; null when nothing was told yet. */
  readonly told: Verdict | null;
  /** Hours of silence at which the growing silence is told again. */
  readonly nextTellH: number;
};

/** What a rule puts into a version of its event on a silence. */
export type SilenceTelling<S extends ToldSilence> = {
  readonly silence: S;
  readonly change: EventChange;
  readonly judged: Judgement;
  /** The position that ended the silence; null while it goes on. */
  readonly on: Fix | null;
  /** Event time up to which it was judged, ms. */
  readonly at: number;
  readonly vessel: VesselView;
  readonly around: Surroundings;
  /** Why this version corrects the one before, in words; null where it does not. */
  readonly reason: string | null;
};

/** How a rule follows silences: by which parameters it judges, and how it words what it tells. */
export type SilenceLife<S extends ToldSilence> = {
  readonly params: SilenceParams;
  readonly draft: (telling: SilenceTelling<S>) => EventDraft;
};

/** What a rule on silences reacts to. */
export const SILENCE_SIGNALS: readonly Signal['kind'][] = ['silent', 'wake', 'returned', 'elsewhere'];

/** How many ports in reach a rule on silences lists. */
export const PORTS_LISTED = numberParam(
  10,
  0,
  100,
  'So many of the ports that the ship can have reached are listed, nearest first [ours].',
);

/** Begins a silence that a signal tells of, with what the rule keeps beside it; nothing for a ship that lies moored. */
export function silenceBegins<S extends ToldSilence>(
  life: SilenceLife<S>,
  more: Omit<S, keyof ToldSilence>,
  signal: Extract<Signal, { readonly kind: 'silent' }>,
  vessel: VesselView,
  around: Surroundings,
): Reaction<S> {
  const { off, madeGoodKn } = signal;
  const lying = { fix: off, madeGoodKn, aisClass: vessel.aisClass, shipType: vessel.identity.shipType };
  if (mooredAt(lying, around.gazetteer) !== null) return { state: undefined };
  const silence = beginSilence(life.params, signal, vessel, around);
  const state = { ...silence, ...more, told: null, nextTellH: life.params.thresholdH * 2 } as S;
  return silenceGoesOn(life, state, signal.at, vessel, around);
}

/** Follows a silence that has begun through any signal after its first. */
export function followSilence<S extends ToldSilence>(
  life: SilenceLife<S>,
  state: S,
  signal: Signal,
  vessel: VesselView,
  around: Surroundings,
): Reaction<S> {
  switch (signal.kind) {
    case 'wake':
      return silenceGoesOn(life, state, signal.at, vessel, around);
    case 'returned':
      return silenceEnds(life, state, signal.on, vessel, around);
    case 'elsewhere':
      return silenceIsShared(life, state, signal.at, vessel, around);
    default:
      return { state };
  }
}

/** Judges a silence that goes on: tells it, tells it again when its verdict changed or its length doubled, takes it back. */
function silenceGoesOn<S extends ToldSilence>(
  life: SilenceLife<S>,
  before: S,
  at: number,
  vessel: VesselView,
  around: Surroundings,
): Reaction<S> {
  const { params, draft } = life;
  const silence = listenOn(params, before, at, vessel, around);
  const judged = judgeSilence(params, silence, at, around);
  const telling = { silence, judged, on: null, at, vessel, around };
  const silenceH = (at - silence.off.at) / HOUR_MS;
  const restH = Math.min(REJUDGE_MOST_H, Math.max(params.rejudgeH, (params.rejudgeH * silenceH) / 24));
  const wake = silenceH < params.followD * 24 ? { wakeAt: at + restH * HOUR_MS } : {};
  const withheld = whyWithheld(judged);
  if (withheld !== null) {
    if (silence.told === null) return { state: silence, ...wake };
    const events = [draft({ ...telling, change: 'retracted', reason: withheld })];
    return { state: { ...silence, told: null }, events, ...wake };
  }
  const grown = silenceH >= silence.nextTellH;
  if (judged.verdict === silence.told && !grown) return { state: silence, ...wake };
  const nextTellH = grown ? silence.nextTellH * 2 : silence.nextTellH;
  const change = silence.told === null ? 'opened' : 'revised';
  const events = [draft({ ...telling, change, reason: changeOf(silence, judged) })];
  return { state: { ...silence, told: judged.verdict, nextTellH }, events, ...wake };
}

/** Judges a silence that the ship's next position ended: closes it, or takes it back. */
function silenceEnds<S extends ToldSilence>(
  life: SilenceLife<S>,
  before: S,
  on: Fix,
  vessel: VesselView,
  around: Surroundings,
): Reaction<S> {
  const { params, draft } = life;
  const silence = listenOn(params, before, on.at, vessel, around);
  const judged = judgeSilence(params, silence, on.at, around);
  const telling = { silence, judged, on, at: on.at, vessel, around };
  const withheld = whyWithheld(judged);
  if (withheld !== null) {
    if (silence.told === null) return { state: undefined };
    return { state: undefined, events: [draft({ ...telling, change: 'retracted', reason: withheld })] };
  }
  const opened =
    silence.told === null ? [draft({ ...telling, change: 'opened', on: null, reason: null })] : [];
  const closed = draft({ ...telling, change: 'closed', reason: changeOf(silence, judged) });
  return { state: undefined, events: [...opened, closed] };
}

/** Takes back a silence of a hull whose MMSI was heard from elsewhere. */
function silenceIsShared<S extends ToldSilence>(
  life: SilenceLife<S>,
  silence: S,
  at: number,
  vessel: VesselView,
  around: Surroundings,
): Reaction<S> {
  if (silence.told === null) return { state: undefined };
  const judged: Judgement = {
    ...judgeSilence(life.params, silence, at, around),
    verdict: 'void',
    confidence: 0,
  };
  const reason = 'the MMSI was heard from a place this ship could not have reached: several hulls share it';
  const telling = { silence, judged, on: null, at, vessel, around };
  return { state: undefined, events: [life.draft({ ...telling, change: 'retracted', reason })] };
}

function changeOf(silence: ToldSilence, judged: Judgement): string | null {
  return silence.told !== null && silence.told !== judged.verdict ? `the verdict was ${silence.told}` : null;
}
