import type { ChannelRecord, OutgoingDelivery } from '@offing/store';
import { isoOf } from '@offing/units';
import { guardedPost, type PostOptions } from '../guard/guarded-post.ts';
import { alertAddress, messageAlert } from '../message.ts';
import { signatureHeaders } from '../webhook-signature.ts';
import { outcomeOf, type Channel } from './outcome.ts';

/** Standard Webhooks advises less than 20 KB: a longer body may be refused or cut by what stands in between. */
const MOST_BODY_BYTES = 20_000;
const GONE: ReadonlySet<number> = new Set([410]);

/** Returns the channel that posts signed JSON to a URL (Standard Webhooks 1.0). */
export function webhookChannel(publicUrl: string, post: PostOptions): Channel {
  return async ([delivery], now) => {
    const body = webhookBody(delivery, publicUrl);
    const { channel, deliveryId } = delivery;
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Offing-Webhook/1',
      ...signatureHeaders(deliveryId, now, body, secretsOf(channel, now)),
    };
    return outcomeOf(await guardedPost(channel.target, headers, body, post), now, GONE);
  };
}

/** Returns the body of a message: `type`, `timestamp` and `data`; evidence that makes it too long is left out, and said to be. */
export function webhookBody(delivery: OutgoingDelivery, publicUrl: string): string {
  const { change, alert, watchlistName } = delivery;
  const head = { type: `alert.${change}`, timestamp: isoOf(delivery.createdAt) };
  if (alert === null) return JSON.stringify({ ...head, type: 'test', data: { watchlist: watchlistName } });
  const shown = messageAlert(alert, alertAddress(publicUrl, alert));
  const full = JSON.stringify({ ...head, data: { watchlist: watchlistName, alert: shown } });
  if (Buffer.byteLength(full) < MOST_BODY_BYTES) return full;
  const { evidence: _, innocentExplanations: __, ...rest } = shown;
  const short = {
    ...rest,
    mmsi: rest.mmsi.slice(0, MOST_SHIPS),
    imoNumber: rest.imoNumber.slice(0, MOST_SHIPS),
    vesselId: rest.vesselId.slice(0, MOST_SHIPS),
    sentence: rest.sentence.slice(0, LONGEST_TEXT),
    reason: rest.reason?.slice(0, LONGEST_TEXT) ?? null,
    evidence: null,
    isShortened: true,
  };
  return JSON.stringify({ ...head, data: { watchlist: watchlistName, alert: short } });
}

const MOST_SHIPS = 100;
const LONGEST_TEXT = 1_000;

function secretsOf(channel: ChannelRecord, now: number): readonly string[] {
  const { secret, oldSecret, oldSecretUntil } = channel;
  const isOldGood = oldSecret !== null && oldSecretUntil !== null && oldSecretUntil > now;
  return [...(secret === null ? [] : [secret]), ...(isOldGood ? [oldSecret] : [])];
}
