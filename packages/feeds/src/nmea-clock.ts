/** How far ahead the second inside a message may be to move the clock: half a minute, so that a late message does not turn it a minute on. */
const MOST_AHEAD_S = 30;

/** The time of a recording that carries none: starts at a given instant and follows the seconds inside the messages. */
export type RecordingClock = {
  /** The instant reached, ms since 1970; NaN when there is no clock. */
  at: number;
};

/** Returns the clock of a recording that starts at `startAt`, ms since 1970, or one without any time for null. */
export function recordingClock(startAt: number | null): RecordingClock {
  return { at: startAt ?? NaN };
}

/** Moves the clock on to the next time that UTC second `second` (0 to 59) comes round, when that is at most 30 s ahead. */
export function sawSecond(clock: RecordingClock, second: number): void {
  if (Number.isNaN(clock.at)) return;
  const whole = Math.floor(clock.at / 1000);
  const ahead = (second - (whole % 60) + 60) % 60;
  if (ahead > 0 && ahead <= MOST_AHEAD_S) clock.at = (whole + ahead) * 1000;
}

/** Says that the recording has times of its own: from now on the clock has none. */
export function stopClock(clock: RecordingClock): void {
  clock.at = NaN;
}
