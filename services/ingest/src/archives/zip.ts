import { crc32 } from 'node:zlib';
import { fromFdPromise, type Entry, type ZipFile } from 'yauzl';
import { faultError } from '../file-fault.ts';
import type { RawFile } from '../raw-file.ts';
import { inflatedRaw } from './inflate.ts';

/** An entry of a zip archive that is not a folder. */
export type ZipEntry = {
  /** For people only: what the archive says, without control characters. Never a path to open. */
  readonly name: string;
  readonly packedBytes: number;
  /** Yields the content; throws what `faultOf` understands, behind what could be read. */
  content(): AsyncGenerator<Uint8Array, void>;
};

const STORED = 0;
const DEFLATED = 8;
const LONGEST_NAME = 200;

/** Yields the entries of an archive; throws `damaged-zip` for what is none. Entry by entry, whatever the archive claims to hold. */
export async function* zipEntries(file: RawFile): AsyncGenerator<ZipEntry, void> {
  const zip = await opened(file);
  let packedBytes = 0;
  for (;;) {
    const entry = await nextEntry(zip);
    if (entry === null) return;
    packedBytes += entry.compressedSize;
    // Entries that share their bytes make gigabytes out of kilobytes.
    if (packedBytes > file.size) throw faultError('damaged-zip', 'entries of the archive overlap');
    const name = shownName(entry);
    if (name.endsWith('/')) continue;
    yield { name, packedBytes: entry.compressedSize, content: () => contentOf(file, zip, entry) };
  }
}

async function opened(file: RawFile): Promise<ZipFile> {
  try {
    // Undecoded, so that a name that points out of the archive is no reason to refuse the rest of it.
    const zip = await fromFdPromise(file.handle.fd, {
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: false,
    });
    // The handle is ours; errors are met where entries are asked for.
    zip.on('error', () => undefined);
    return zip;
  } catch (error) {
    throw damaged(error);
  }
}

/** Returns the next entry, or null at the end. */
async function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const settle = (action: () => void): void => {
      zip.off('entry', onEntry);
      zip.off('end', onEnd);
      zip.off('error', onError);
      action();
    };
    const onEntry = (entry: Entry): void => {
      settle(() => {
        resolve(entry);
      });
    };
    const onEnd = (): void => {
      settle(() => {
        resolve(null);
      });
    };
    const onError = (error: Error): void => {
      settle(() => {
        reject(damaged(error));
      });
    };
    zip.on('entry', onEntry);
    zip.on('end', onEnd);
    zip.on('error', onError);
    zip.readEntry();
  });
}

async function* contentOf(file: RawFile, zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array, void> {
  if (entry.isEncrypted()) throw faultError('encrypted-entry', 'the entry needs a password; unpack it first');
  const { compressionMethod: method } = entry;
  if (method !== STORED && method !== DEFLATED) {
    throw faultError('unsupported-archive', `packing method ${method} is not unpacked here; unpack it first`);
  }
  const packed = file.range(await dataStart(zip, entry), entry.compressedSize);
  yield* checked(method === DEFLATED ? inflatedRaw(packed) : packed, entry);
}

async function dataStart(zip: ZipFile, entry: Entry): Promise<number> {
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    return fileDataStart;
  } catch (error) {
    throw damaged(error);
  }
}

/** Passes content on and compares its size and checksum with what the archive says of it. */
async function* checked(content: AsyncIterable<Uint8Array>, entry: Entry): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  let sum = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > entry.uncompressedSize) throw faultError('damaged-zip', 'the entry is larger than it says');
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (bytes < entry.uncompressedSize) throw faultError('damaged-zip', 'the entry is shorter than it says');
  if (sum !== entry.crc32) throw faultError('damaged-zip', "the entry's checksum does not fit its content");
}

/** The name without control characters, and without end. */
function shownName(entry: Entry): string {
  const name = Buffer.from(entry.fileNameRaw).toString('utf8');
  const plain = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?').replaceAll('\\', '/');
  return plain.length <= LONGEST_NAME ? plain : `…${plain.slice(-LONGEST_NAME)}`;
}

function damaged(error: unknown): Error {
  const why = error instanceof Error ? error.message : String(error);
  if (why.includes('encryption')) {
    return faultError('encrypted-entry', `the archive needs a password (${why}); unpack it first`, error);
  }
  return faultError('damaged-zip', `the archive is damaged (${why})`, error);
}
