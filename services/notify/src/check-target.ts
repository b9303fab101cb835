import type { ChannelKind } from '@offing/store';
import { isPublicAddress } from './guard/public-address.ts';
import { targetUrl, type AllowedTargets } from './guard/target-url.ts';
import { resolveAll, type Resolve } from './guard/resolve.ts';

const ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;
const SLACK_HOST = 'hooks.slack.com';

/**
 * Returns what is expected of a channel's target instead, or null where messages may go there now. A name is judged by the
 * addresses that it has at this moment; when a message is sent it is judged again.
 */
export async function checkTarget(
  kind: ChannelKind,
  target: string,
  options: { readonly allowed: AllowedTargets; readonly hasMail: boolean; readonly resolve?: Resolve },
): Promise<string | null> {
  if (kind === 'email') {
    if (!options.hasMail) return 'another kind: no mail server is configured here (SMTP_URL, MAIL_FROM)';
    return ADDRESS.test(target) ? null : 'an e-mail address';
  }
  const result = targetUrl(target, options.allowed);
  if ('expected' in result) return result.expected;
  const { url, isAllowed } = result;
  if (isAllowed) return null;
  if (kind === 'slack' && !(url.protocol === 'https:' && url.hostname === SLACK_HOST)) {
    return `a webhook of Slack, https://${SLACK_HOST}/…`;
  }
  return leadsAway(url.hostname, options.resolve ?? resolveAll);
}

async function leadsAway(hostname: string, resolve: Resolve): Promise<string | null> {
  try {
    const addresses = await resolve(hostname.replace(/^\[|\]$/g, ''));
    if (addresses.every(({ address }) => isPublicAddress(address))) return null;
    return 'a host whose addresses are all public';
  } catch {
    // It may be known later; nothing is sent before its addresses were judged.
    return null;
  }
}
