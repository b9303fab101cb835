import { BlockList, isIP, isIPv6 } from 'node:net';

/** IPv4 that is not of the public internet (IANA special-purpose registry, RFC 6890 and later). */
const NOT_PUBLIC: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // Answers questions about a virtual machine from inside it, though the address is public.
  ['168.63.129.16', 32],
];

/** Parts of IPv6's global unicast 2000::/3 that lead elsewhere: protocols and Teredo, documentation, 6to4. */
const NOT_GLOBAL: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const blockedV4 = new BlockList();
for (const [net, bits] of NOT_PUBLIC) blockedV4.addSubnet(net, bits, 'ipv4');
const blockedV6 = new BlockList();
for (const [net, bits] of NOT_GLOBAL) blockedV6.addSubnet(net, bits, 'ipv6');
const globalV6 = new BlockList();
globalV6.addSubnet('2000::', 3, 'ipv6');

/**
 * Returns whether an IP address, as text without brackets, is one of the public internet. Anything that is no address is
 * not; an address that carries another one inside (NAT64) is as public as that; those that only hide one (mapped, 6to4,
 * Teredo) are not.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !blockedV4.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  const inside = nat64Address(address);
  if (inside !== null) return isPublicAddress(inside);
  return globalV6.check(address, 'ipv6') && !blockedV6.check(address, 'ipv6');
}

/** The IPv4 address in 64:ff9b::/96 (RFC 6052), through which networks without IPv4 reach the rest. */
function nat64Address(address: string): string | null {
  const groups = groupsOf(address);
  const isNat64 =
    groups[0] === 0x64 && groups[1] === 0xff9b && groups.slice(2, 6).every((group) => group === 0);
  if (!isNat64) return null;
  const [high, low] = groups.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** The eight groups of an IPv6 address; the URL standard writes every form of it in hexadecimal groups. */
function groupsOf(address: string): readonly number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head, tail] = canonical.split('::');
  const parse = (part: string | undefined) =>
    part === undefined || part === '' ? [] : part.split(':').map((group) => parseInt(group, 16));
  const [left, right] = [parse(head), parse(tail)];
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}
