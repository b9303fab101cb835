import { lastTold, toldChanges, type Reader, type ToldChange } from '@offing/store';

/** Someone who listens: gets changes in order, each once, from behind the place that it named. */
export type Listener = (change: ToldChange) => void;

/** Tells every listener of the changes of alerts as they are committed, with one query for all of them. */
export type Broadcast = {
  /** The place that a new listener begins behind: ask for it before telling the listener that it is heard. */
  last(): Promise<number>;
  /** Joins a listener behind a place in the outbox. Changes that it missed come first, read for it alone; returns what ends it. */
  join(after: number, listener: Listener): Promise<() => void>;
  readonly listeners: number;
  close(): void;
};

const POLL_MS = 250;
const BATCH = 500;

type Member = { readonly listener: Listener; at: number };

/** Returns a broadcast that looks for changes while anyone listens. Failures of the database are passed over: the next look finds the same changes. */
export function makeBroadcast(reader: Reader, pollMs = POLL_MS): Broadcast {
  const members = new Set<Member>();
  let at = 0;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const look = async () => {
    try {
      for (;;) {
        const changes = await toldChanges(reader, at, BATCH);
        for (const change of changes) {
          at = change.changeSeq;
          for (const member of members) give(member, change);
        }
        if (changes.length < BATCH) break;
      }
    } catch {
      // Nothing was lost: `at` stands where it stood.
    }
    timer = isClosed || members.size === 0 ? undefined : setTimeout(() => void look(), pollMs);
  };

  /** Ends when the member stands where everyone stands, with no wait between that and joining them. */
  const catchUp = async (member: Member) => {
    while (member.at < at) {
      const target = at;
      const missed = await toldChanges(reader, member.at, BATCH);
      for (const change of missed) give(member, change);
      // Fewer than asked for: all that was told up to the place aimed at was seen.
      if (missed.length < BATCH) member.at = Math.max(member.at, target);
    }
  };

  return {
    last: () => lastTold(reader),
    async join(after, listener) {
      const last = await lastTold(reader);
      // A place that is not reached yet is of another database: there is nothing to wait for there.
      const member = { listener, at: Math.min(after, last) };
      if (members.size === 0) at = Math.max(at, last);
      await catchUp(member);
      members.add(member);
      timer ??= isClosed ? undefined : setTimeout(() => void look(), pollMs);
      return () => void members.delete(member);
    },
    get listeners() {
      return members.size;
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      members.clear();
    },
  };
}

/** A change that was read for the listener alone may come again to all: each goes out once. */
function give(member: Member, change: ToldChange): void {
  if (change.changeSeq <= member.at) return;
  member.at = change.changeSeq;
  member.listener(change);
}
