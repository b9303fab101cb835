import type { Register } from '@offing/designations';
import type { Gazetteer } from '@offing/gazetteer';
import type { Rule } from '@offing/rules';

/** A feed as the fold needs it; the index in the list is the feed's id. */
export type FoldFeed = {
  readonly name: string;
  readonly synthetic: boolean;
  /** Event time of the last record of the feed's recordings, ms: nothing is expected behind it. Left out without any. */
  readonly endsAt?: number | null;
};

/** What a fold is made of beside the stream. */
export type FoldSetting = {
  readonly rules: readonly Rule[];
  readonly gazetteer: Gazetteer;
  readonly register: Register;
  /** By feed id; it may grow while the fold runs. */
  readonly feeds: readonly (FoldFeed | undefined)[];
  /** Silence longer than this is told to the rules, ms. */
  readonly silenceMs: number;
};
