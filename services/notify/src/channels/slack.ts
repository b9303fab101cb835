import type { OutgoingDelivery } from '@offing/store';
import { guardedPost, type PostOptions } from '../guard/guarded-post.ts';
import { alertAddress, paragraphsOf, pictureAddress, subjectOf, type Addresses } from '../message.ts';
import { outcomeOf, type Channel } from './outcome.ts';

/** Slack answers these when a webhook was removed or its channel archived. */
const GONE: ReadonlySet<number> = new Set([403, 404, 410]);
/** Slack's own limits for a header and for a section's text. */
const LONGEST_HEADER = 150;
const LONGEST_SECTION = 3_000;

/** Returns the channel that posts Block Kit to a Slack webhook. */
export function slackChannel(addresses: Addresses, post: PostOptions): Channel {
  return async ([delivery], now) => {
    const body = slackBody(delivery, addresses);
    const headers = { 'content-type': 'application/json', 'user-agent': 'Offing-Webhook/1' };
    return outcomeOf(await guardedPost(delivery.channel.target, headers, body, post), now, GONE);
  };
}

/** Returns a message as Block Kit, with the plain text that notifications show. */
export function slackBody(delivery: OutgoingDelivery, addresses: Addresses): string {
  const subject = subjectOf(delivery);
  const text = escaped(paragraphsOf(delivery).join('\n')).slice(0, LONGEST_SECTION);
  const { alert } = delivery;
  const address = alert === null ? null : pictureAddress(addresses, alert);
  const picture =
    address === null
      ? []
      : [{ type: 'image', image_url: address, alt_text: subject.slice(0, LONGEST_HEADER) }];
  const button =
    alert === null
      ? []
      : [
          {
            type: 'actions',
            elements: [
              {
                type: 'button',
                text: { type: 'plain_text', text: 'Look at the evidence' },
                url: alertAddress(addresses.publicUrl, alert),
              },
            ],
          },
        ];
  return JSON.stringify({
    text: escaped(subject),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: subject.slice(0, LONGEST_HEADER) } },
      { type: 'section', text: { type: 'mrkdwn', text } },
      ...picture,
      ...button,
      {
        type: 'context',
        elements: [{ type: 'mrkdwn', text: escaped(`Watchlist ${delivery.watchlistName}`) }],
      },
    ],
  });
}

/** Names come from the air: none may become a link or a mention (Slack, "Escaping text"). */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
