import type { FeedStatus } from '@offing/ingest';
import { expect, it } from 'vitest';
import { UnheardFeeds } from '../src/unheard-feeds.ts';

const MINUTE = 60_000;
const BEGIN = Date.parse('2024-03-01T23:55:00Z');
const EXPECTED = [{ name: 'coast', silentMs: 2 * MINUTE }];

function statusOf(more: Partial<FeedStatus> = {}): readonly FeedStatus[] {
  return [
    {
      name: 'coast',
      state: 'open',
      since: BEGIN,
      fault: null,
      faultCode: null,
      retryAt: null,
      connections: 1,
      records: 0,
      shed: 0,
      rejected: {},
      counted: {},
      lastMessageAt: null,
      lastRecordAt: null,
      perMinute: null,
      usualPerMinute: null,
      delayMs: null,
      clockCorrectionMs: 0,
      ...more,
    },
  ];
}

/** What is told at minutes from the begin on. */
function newsAt(minutes: readonly number[], statuses: readonly FeedStatus[], expected = EXPECTED) {
  const unheard = new UnheardFeeds();
  return minutes.flatMap((minute) => unheard.news(expected, statuses, BEGIN + minute * MINUTE));
}

it('tells once of a feed that brought nothing for ten minutes, over midnight, with its fault', () => {
  const lost = statusOf({ state: 'waiting', fault: 'connection refused', faultCode: 'feed-lost' });
  expect(newsAt([0, 9.99], lost)).toEqual([]);
  expect(newsAt([0, 10, 11, 600], lost)).toEqual([
    'ALARM: feed coast has brought nothing since 2024-03-01T23:55:00Z: connection refused [feed-unheard]',
  ]);
});

it('waits for as long as the feed may be silent', () => {
  const seldom = [{ name: 'coast', silentMs: 60 * MINUTE }];
  expect(newsAt([0, 59], statusOf(), seldom)).toEqual([]);
  expect(newsAt([0, 60], statusOf(), seldom)).toHaveLength(1);
});

it('says nothing of a feed that brought something and stopped, nor of one that has ended', () => {
  expect(newsAt([0, 600], statusOf({ lastMessageAt: BEGIN }))).toEqual([]);
  expect(newsAt([0, 600], statusOf({ state: 'stopped' }))).toEqual([]);
});

it('counts anew for a feed that was taken away and added again, and says when it is over', () => {
  const unheard = new UnheardFeeds();
  const at = (minute: number, statuses: readonly FeedStatus[], expected = EXPECTED) =>
    unheard.news(expected, statuses, BEGIN + minute * MINUTE);
  at(0, statusOf());
  at(9, [], []);
  expect(at(10, statusOf())).toEqual([]);
  expect(at(20, statusOf())).toHaveLength(1);
  const heard = statusOf({ lastMessageAt: BEGIN });
  expect(at(21, heard)).toEqual(['ALARM is over: feed coast brings something']);
  expect(at(22, heard)).toEqual([]);
});
