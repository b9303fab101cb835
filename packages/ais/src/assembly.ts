import type { SentenceView } from './sentence.ts';

/** One received part of a message, with a copy of its line. */
export type MessagePart = {
  readonly raw: Uint8Array;
  /** Place of the payload in `raw`. */
  readonly payloadFrom: number;
  readonly payloadTo: number;
  readonly fill: number;
};

/** What is known of a sentence beside its own fields: where and when it came from. */
export type PartOrigin = {
  /** Source time, ms since 1970, or NaN. */
  readonly at: number;
  readonly receivedAt: number;
  /** Why there is no usable time; empty when there is one or none was given. */
  readonly timeFault: string;
  /** Hash of the source, 0 when not known. */
  readonly source: number;
  readonly receiverKind: number;
  /** Tag block group id, -1 when there is none. */
  readonly group: number;
  readonly line: number;
};

/** A message of which some parts came. */
export type PartialMessage = {
  readonly total: number;
  readonly sequence: number;
  readonly channel: number;
  readonly ownShip: boolean;
  readonly origin: PartOrigin;
  /** Latest event time that the feed had reached when the first part came. */
  readonly reachedAt: number;
  readonly parts: MessagePart[];
};

/** Puts the parts of messages together; says of each message that stays incomplete why. */
export type Assembly = {
  /** Takes a part (a sentence with `total` > 1); returns the message when this part completes it, else null. */
  add(view: SentenceView, part: MessagePart, origin: PartOrigin): PartialMessage | null;
  /** Gives up on everything that waits: no more parts come. */
  end(): void;
};

/** How long the first part waits for the rest, by event time; a message of five slots lasts 0.13 s, the rest is transport. Our own guess. */
export const PART_TIMEOUT_MS = 30_000;

/**
 * How many lines the first part waits when nothing but sequence and channel tells messages apart: ten sequence numbers come
 * round quickly, and a wrong pair would be an invented message. Our own guess; recorded feeds need fewer than 20.
 */
export const PART_TIMEOUT_LINES = 200;

/** The same, when a source or a group id is part of the key. */
export const PART_TIMEOUT_LINES_KEYED = 5000;

/** How many messages may wait at once; the oldest gives way. Bounds memory against first parts without end. */
const MOST_WAITING = 512;

/**
 * Returns an assembly. Parts belong together when sequence, channel and total agree, and source and group id wherever both
 * have one (followers often carry only the group, or nothing). They must come in order: an early follower cannot be
 * told from one whose first part was lost. `onIncomplete` gets each message given up, or a follower without a first part.
 */
export function makeAssembly(onIncomplete: (message: PartialMessage, why: string) => void): Assembly {
  const waiting: PartialMessage[] = [];
  let reachedAt = -Infinity;

  const giveUp = (index: number, why: string): void => {
    const [message] = waiting.splice(index, 1);
    onIncomplete(message, `part ${message.parts.length + 1} of ${message.total} ${why}`);
  };

  const expire = (line: number): void => {
    for (let index = waiting.length - 1; index >= 0; index--) {
      if (isOver(waiting[index], line, reachedAt)) giveUp(index, 'did not come in time');
    }
  };

  const start = (view: SentenceView, part: MessagePart, origin: PartOrigin): void => {
    for (let index = waiting.length - 1; index >= 0; index--) {
      if (matches(waiting[index], view, origin) && !samePayload(waiting[index].parts[0], part))
        giveUp(index, 'did not come before the next message with its sequence');
    }
    if (waiting.length >= MOST_WAITING) giveUp(0, 'did not come before too many others waited');
    waiting.push(partial(view, part, origin, reachedAt));
  };

  return {
    add(view, part, origin) {
      if (origin.at > reachedAt) reachedAt = origin.at;
      expire(origin.line);
      if (view.number === 1) {
        start(view, part, origin);
        return null;
      }
      for (let index = waiting.length - 1; index >= 0; index--) {
        const message = waiting[index];
        if (message.parts.length !== view.number - 1 || !follows(message, view, origin)) continue;
        message.parts.push(part);
        if (message.parts.length < message.total) return null;
        waiting.splice(index, 1);
        return message;
      }
      const lost = partial(view, part, origin, reachedAt);
      onIncomplete(lost, `part ${view.number} of ${view.total} came without the parts before it`);
      return null;
    },
    end() {
      while (waiting.length > 0) giveUp(0, 'did not come before the end');
    },
  };
}

function partial(
  view: SentenceView,
  part: MessagePart,
  origin: PartOrigin,
  reachedAt: number,
): PartialMessage {
  const { total, sequence, channel, ownShip } = view;
  return { total, sequence, channel, ownShip, origin, reachedAt, parts: [part] };
}

function isOver(message: PartialMessage, line: number, reachedAt: number): boolean {
  const { source, group } = message.origin;
  const lines = source === 0 && group < 0 ? PART_TIMEOUT_LINES : PART_TIMEOUT_LINES_KEYED;
  // The feed's latest time, not the message's own: neighbours are minutes out of order in feeds of many receivers.
  return line - message.origin.line > lines || reachedAt - message.reachedAt > PART_TIMEOUT_MS;
}

function matches(message: PartialMessage, view: SentenceView, origin: PartOrigin): boolean {
  const one = message.origin;
  return (
    message.sequence === view.sequence &&
    message.channel === view.channel &&
    message.total === view.total &&
    (one.source === origin.source || one.source === 0 || origin.source === 0) &&
    (one.group === origin.group || origin.group < 0)
  );
}

function follows(message: PartialMessage, view: SentenceView, origin: PartOrigin): boolean {
  if (!matches(message, view, origin)) return false;
  return !(Math.abs(origin.at - message.origin.at) > PART_TIMEOUT_MS);
}

/** Two receivers may pass on the same message under the same sequence: both copies are kept, not mixed up. */
function samePayload(one: MessagePart, two: MessagePart): boolean {
  const length = one.payloadTo - one.payloadFrom;
  if (length !== two.payloadTo - two.payloadFrom) return false;
  for (let at = 0; at < length; at++) {
    if (one.raw[one.payloadFrom + at] !== two.raw[two.payloadFrom + at]) return false;
  }
  return true;
}
