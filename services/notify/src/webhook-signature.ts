import { createHmac } from 'node:crypto';

/**
 * Returns the headers that sign a message as Standard Webhooks says (webhook-id, webhook-timestamp, webhook-signature):
 * one signature `v1` for each secret, so that a receiver can change to the new one in its own time. `at` in ms.
 */
export function signatureHeaders(
  id: string,
  at: number,
  body: string,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
