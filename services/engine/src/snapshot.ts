import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { constants, deflateRaw, inflateRaw } from 'node:zlib';
import type { Rule } from '@offing/rules';
import type { FoldDump } from '@offing/stages';

/** Raised whenever what a fold holds changes its shape. */
const SHAPE = 5;
/** Parts of a state that are packed at once, each by a thread of its own, bytes. */
const PART_BYTES = 8 * 1024 * 1024;

/** Returns the name of the format of a snapshot: it differs where another program or other parameters would fold on differently. */
export function snapshotFormat(rules: readonly Rule[], reference: unknown): string {
  const parts = rules.map((rule) => [rule.id, rule.version, rule.params]);
  const hash = createHash('sha256')
    .update(JSON.stringify([parts, reference]))
    .digest('hex');
  return `fold-${SHAPE}-${hash.slice(0, 16)}`;
}

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Takes the state of a fold down as it is now, and returns what packs it into parts. */
export function packFold(dump: FoldDump): () => Promise<readonly Buffer[]> {
  const whole = serialize(dump);
  return () => {
    const parts: Promise<Buffer>[] = [];
    for (let at = 0; at < whole.length; at += PART_BYTES)
      parts.push(deflate(whole.subarray(at, at + PART_BYTES), { level: constants.Z_BEST_SPEED }));
    return Promise.all(parts);
  };
}

/** Returns the state that the parts from `packFold` hold; they must come from our own store. */
export async function unpackFold(parts: readonly Buffer[]): Promise<FoldDump> {
  const whole = await Promise.all(parts.map((part) => inflate(part)));
  return deserialize(Buffer.concat(whole)) as FoldDump;
}
