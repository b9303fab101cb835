import type { AlertRecord, OutgoingDelivery } from '@offing/store';
import { createTransport, type Transporter } from 'nodemailer';
import { alertAddress, paragraphsOf, pictureAddress, subjectOf, type Addresses } from '../message.ts';
import type { Channel, Outcome } from './outcome.ts';

/** How mail leaves. */
export type MailConfig = {
  /** smtp:// or smtps://, with user and password where the server wants them. */
  readonly smtpUrl: string;
  /** The address that mail is from. */
  readonly from: string;
};

/** A channel that holds connections. */
export type EmailChannel = { readonly send: Channel; close(): void };

/** Returns the channel that sends mail: plain text and HTML, ended by one click (RFC 8058), several alerts as one digest. */
export function emailChannel(addresses: Addresses, config: MailConfig): EmailChannel {
  const transport = createTransport({
    url: config.smtpUrl,
    pool: true,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async (deliveries) => {
      try {
        await transport.sendMail(mailOf(deliveries, addresses, config.from));
        return { kind: 'delivered', status: null };
      } catch (error) {
        return failureOf(error as MailError);
      }
    },
    close: () => transport.close(),
  };
}

type MailError = Error & { readonly responseCode?: number };
type Mail = Parameters<Transporter['sendMail']>[0];

/** 5xx is the server's last word (RFC 5321 section 4.2.1); 550 to 553 say that there is no such reader. */
function failureOf(error: MailError): Outcome {
  const status = error.responseCode ?? null;
  if (status !== null && status >= 550 && status <= 553)
    return { kind: 'gone', status, error: error.message };
  return { kind: 'failed', status, error: error.message, retryAfterMs: null, isFinal: false };
}

/** Returns the mail of one or more messages to one reader; its id is that of the first, so that sending twice is one mail. */
export function mailOf(deliveries: readonly OutgoingDelivery[], addresses: Addresses, from: string): Mail {
  const { publicUrl } = addresses;
  const [first] = deliveries;
  const { channel } = first;
  const end = `${publicUrl}/unsubscribe/${channel.unsubscribeToken ?? ''}`;
  const subject =
    deliveries.length === 1
      ? subjectOf(first)
      : `${deliveries.length} changes of the watchlist ${first.watchlistName}`;
  return {
    from,
    to: { name: '', address: channel.target },
    subject,
    messageId: `<${first.deliveryId}@${new URL(publicUrl).hostname}>`,
    text: textOf(deliveries, publicUrl, end),
    html: htmlOf(deliveries, addresses, end),
    headers: {
      'List-Unsubscribe': `<${end}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
    },
  };
}

function textOf(deliveries: readonly OutgoingDelivery[], publicUrl: string, end: string): string {
  const parts = deliveries.map((delivery) => {
    const link = delivery.alert === null ? [] : [alertAddress(publicUrl, delivery.alert)];
    return [subjectOf(delivery), ...paragraphsOf(delivery), ...link].join('\n\n');
  });
  return `${parts.join('\n\n----\n\n')}\n\n--\nWatchlist ${deliveries[0].watchlistName}. No more of these e-mails: ${end}\n`;
}

function htmlOf(deliveries: readonly OutgoingDelivery[], addresses: Addresses, end: string): string {
  const parts = deliveries.map((delivery) => {
    const { alert } = delivery;
    const link =
      alert === null
        ? ''
        : `${pictureOf(addresses, alert)}<p><a href="${escaped(alertAddress(addresses.publicUrl, alert))}">Look at the evidence</a></p>`;
    const text = paragraphsOf(delivery).map((paragraph) => `<p>${escaped(paragraph)}</p>`);
    return `<h2>${escaped(subjectOf(delivery))}</h2>${text.join('')}${link}`;
  });
  const foot = `<p><small>Watchlist ${escaped(deliveries[0].watchlistName)}. <a href="${escaped(end)}">No more of these e-mails</a></small></p>`;
  return `<!doctype html><html lang="en"><body>${parts.join('<hr>')}<hr>${foot}</body></html>`;
}

/** What the picture says stands in the paragraphs, too: a reader that shows no pictures misses nothing. */
function pictureOf(addresses: Addresses, alert: AlertRecord): string {
  const address = pictureAddress(addresses, alert);
  if (address === null) return '';
  const image = `<img src="${escaped(address)}&amp;size=small" width="600" height="315" alt="Map of the alert">`;
  return `<p><a href="${escaped(alertAddress(addresses.publicUrl, alert))}">${image}</a></p>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
