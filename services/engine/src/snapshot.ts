import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import type { Rule } from '@offing/rules';
import type { FoldDump } from '@offing/stages';

/** Raised whenever what a fold holds changes its shape. */
const SHAPE = 3;

/** Returns the name of the format of a snapshot: it differs where another program or other parameters would fold on differently. */
export function snapshotFormat(rules: readonly Rule[], reference: unknown): string {
  const parts = rules.map((rule) => [rule.id, rule.version, rule.params]);
  const hash = createHash('sha256')
    .update(JSON.stringify([parts, reference]))
    .digest('hex');
  return `fold-${SHAPE}-${hash.slice(0, 16)}`;
}

/** Returns the state of a fold as bytes. */
export function packFold(dump: FoldDump): Buffer {
  return serialize(dump);
}

/** Returns the state that bytes from `packFold` hold; they must come from our own store. */
export function unpackFold(bytes: Buffer): FoldDump {
  return deserialize(bytes) as FoldDump;
}
