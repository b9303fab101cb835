import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** `host:port` pairs that the operator allows although they are not public, such as a receiver on the same machine. */
export type AllowedTargets = ReadonlySet<string>;

/** A URL to which messages may be sent, or what is wrong with it. */
export type TargetUrl = { readonly url: URL; readonly isAllowed: boolean } | { readonly expected: string };

/** Where web servers listen; anything else is a mail server, a database, or somebody's mistake. */
const PORTS = new Set(['', '80', '443', '8080', '8443']);
const PUBLIC_HOST = 'an http or https URL of a public host name, without user, on port 80, 443, 8080 or 8443';
/** Names that never leave a machine or its network (RFC 6761, 6762, 8375; the last two by habit). */
const PRIVATE_NAME =
  /(^|\.)(localhost|local|internal|home\.arpa|localdomain|lan|intranet|onion|test|invalid)$/;

/**
 * Returns the URL of a text as the URL standard reads it (which turns every way to write an IPv4 address into one), or what
 * was expected. A name's addresses are judged when it is connected to.
 */
export function targetUrl(text: string, allowed: AllowedTargets): TargetUrl {
  const refused = { expected: PUBLIC_HOST };
  if (!URL.canParse(text)) return refused;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refused;
  if (url.username !== '' || url.password !== '' || url.hash !== '') return refused;
  if (allowed.has(`${url.hostname}:${portOf(url)}`)) return { url, isAllowed: true };
  return PORTS.has(url.port) && isPublicHost(url.hostname) ? { url, isAllowed: false } : refused;
}

/** Returns the port of a URL, the scheme's own where none is given. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

function isPublicHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0) return isPublicAddress(bare);
  const name = hostname.replace(/\.$/, '');
  return name.includes('.') && !PRIVATE_NAME.test(name);
}
