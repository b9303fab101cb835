import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of an archive, with lies where a test wants some. */
export type ZipPart = {
  readonly name: string;
  readonly content: Uint8Array | string;
  readonly stored?: boolean;
  readonly encrypted?: boolean | 'strongly';
  readonly method?: number;
  readonly crc?: number;
  readonly size?: number;
  /** Bytes to put in place of the packed content. */
  readonly packed?: Uint8Array;
  /** Points at the entry before it instead of having bytes of its own. */
  readonly sameBytes?: boolean;
};

/** Returns a zip archive of the entries (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16). */
export function buildZip(parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  let last = 0;
  for (const part of parts) {
    const { local, header } = entryOf(part);
    if (part.sameBytes !== true) {
      last = offset;
      locals.push(local);
      offset += local.length;
    }
    header.writeUInt32LE(last, 42);
    central.push(header);
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

function entryOf(part: ZipPart): { local: Buffer; header: Buffer } {
  const content = Buffer.from(part.content);
  const packed = Buffer.from(part.packed ?? (part.stored === true ? content : deflateRawSync(content)));
  const name = Buffer.from(part.name);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(flagsOf(part), 2);
  fields.writeUInt16LE(part.method ?? (part.stored === true ? 0 : 8), 4);
  fields.writeUInt32LE(part.crc ?? crc32(content), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(part.size ?? content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  const header = Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), fields, Buffer.alloc(14), name]);
  return { local: Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, name, packed]), header };
}

/** General purpose flags: names in UTF-8, encrypted, strongly encrypted. */
function flagsOf(part: ZipPart): number {
  if (part.encrypted === 'strongly') return 0x841;
  return part.encrypted === true ? 0x801 : 0x800;
}
