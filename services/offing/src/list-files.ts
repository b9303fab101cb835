import { createHash } from 'node:crypto';
import {
  DETECT_CHARACTERS,
  detectList,
  listReader,
  OfacSet,
  ofacPartOf,
  type ListFormat,
  type ListReader,
  type ListReading,
  type WholeFormat,
} from '@offing/designations';
import { contentsOf, faultOf, type OpenedContent } from '@offing/ingest';
import { OffingError } from '@offing/kit';

/** A file to be read, and what it is called to people: where it came from. */
export type ListFile = { readonly path: string; readonly name: string };

/** Returns whether what is to be imported is an address. */
export function isListUrl(given: string): boolean {
  return /^https?:\/\//i.test(given);
}

/** What list files gave: the files that belong together, what identifies their bytes, and what was read, or why nothing was. */
export type ListFileReading = {
  readonly files: readonly string[];
  readonly contentKey: string;
  readonly reading: ListReading | null;
  /** Why nothing could be read, when `reading` is null. */
  readonly fault: { readonly code: string; readonly message: string } | null;
};

/** One file as its first pass shows it. */
type Looked = ListFile & {
  readonly sha256: string;
  readonly encoding: Encoding;
  readonly format: ListFormat | null;
  readonly isEmpty: boolean;
};

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * Reads list files, packed or not; the parts of OFAC's CSV set are read as one. Each file is gone through twice: to learn
 * its encoding and format, and to read it. Throws OffingError `usage-lists` for parts that cannot be put together.
 */
export async function readListFiles(given: readonly ListFile[]): Promise<readonly ListFileReading[]> {
  const results: ListFileReading[] = [];
  const parts: Looked[] = [];
  for (const file of given) {
    try {
      const looked = await look(file);
      if (looked.format !== null && ofacPartOf(looked.format) !== null) parts.push(looked);
      else results.push(await readWhole(looked));
    } catch (error) {
      const { code, message } = faultOf(file.name, error);
      results.push({
        files: [file.name],
        contentKey: keyOf([file.name]),
        reading: null,
        fault: { code, message },
      });
    }
  }
  if (parts.length > 0) results.push(...(await readOfac(parts)));
  return results;
}

/** One content a file: an archive with several is not one list. */
async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  let contents = 0;
  for await (const content of contentsOf(path)) {
    contents++;
    if (contents > 1)
      throw new OffingError('unsupported-archive', 'the archive holds several files; import them one by one');
    yield* bytesOf(content);
  }
}

async function* bytesOf({ head, rest }: OpenedContent): AsyncGenerator<Uint8Array> {
  yield head.bytes;
  if (head.fault !== null) throw new OffingError(head.fault.code, head.fault.message);
  if (!head.ended) yield* rest;
}

async function look({ path, name }: ListFile): Promise<Looked> {
  const hash = createHash('sha256');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  let head: Uint8Array | null = null;
  for await (const chunk of chunksOf(path)) {
    head ??= new Uint8Array(chunk);
    hash.update(chunk);
    isUtf8 &&= isDecodable(utf8, chunk, true);
  }
  isUtf8 &&= isDecodable(utf8, new Uint8Array(0), false);
  const bytes = head ?? new Uint8Array(0);
  const encoding = markedEncoding(bytes) ?? (isUtf8 ? 'utf-8' : 'windows-1252');
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, DETECT_CHARACTERS * 4), { stream: true });
  const isEmpty = text.trim() === '';
  return { path, name, sha256: hash.digest('hex'), encoding, format: detectList(text), isEmpty };
}

function isDecodable(decoder: TextDecoder, chunk: Uint8Array, stream: boolean): boolean {
  try {
    decoder.decode(chunk, { stream });
    return true;
  } catch {
    return false;
  }
}

function markedEncoding([first, second]: Uint8Array): Encoding | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

async function readWhole(looked: Looked): Promise<ListFileReading> {
  const { name, format, isEmpty } = looked;
  const about = { files: [name], contentKey: keyOf([looked.sha256]) };
  if (format === null) {
    const message = isEmpty
      ? 'it is empty; an empty download is not an empty list'
      : 'it is no list of a known format (see docs/operations.md)';
    return { ...about, reading: null, fault: { code: isEmpty ? 'list-empty' : 'list-unknown', message } };
  }
  return { ...about, reading: await readAs(looked, listReader(format as WholeFormat)), fault: null };
}

async function readAs({ path, encoding }: Looked, reader: ListReader): Promise<ListReading> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunksOf(path)) reader.push(decoder.decode(chunk, { stream: true }));
  reader.push(decoder.decode());
  const reading = reader.end();
  if (encoding !== 'windows-1252') return reading;
  return { ...reading, notes: [...reading.notes, 'it is no UTF-8; it was read as Windows-1252'] };
}

/** The continuations first: they are held, and sdn.csv then finds them. */
const ORDER = ['alt', 'add', 'comments', 'sdn'] as const;

async function readOfac(parts: readonly Looked[]): Promise<readonly ListFileReading[]> {
  const partOf = (looked: Looked) => (looked.format === null ? null : ofacPartOf(looked.format));
  const heads = parts.filter((looked) => partOf(looked) === 'sdn');
  if (heads.length !== 1 && parts.length > heads.length) {
    throw new OffingError(
      'usage-lists',
      heads.length === 0
        ? "OFAC's alt.csv, add.csv and sdn_comments.csv go on from sdn.csv: give that file too"
        : "several sdn.csv with other parts of OFAC's CSV set: import one set at a time",
    );
  }
  const results: ListFileReading[] = [];
  for (const head of heads) {
    const together = [head, ...parts.filter((looked) => partOf(looked) !== 'sdn')];
    results.push(await readSet([...together].sort((a, b) => rank(partOf(a)) - rank(partOf(b)))));
  }
  return results;
}

function rank(part: (typeof ORDER)[number] | null): number {
  return part === null ? -1 : ORDER.indexOf(part);
}

async function readSet(files: readonly Looked[]): Promise<ListFileReading> {
  const set = new OfacSet();
  const damages: string[] = [];
  const notes: string[] = [];
  for (const file of files) {
    const part = file.format === null ? null : ofacPartOf(file.format);
    if (part === null) continue;
    const { damage, notes: said } = await readAs(file, set.reader(part));
    notes.push(...said.map((note) => `${file.name}: ${note}`));
    if (damage !== null) damages.push(`${file.name}: ${damage}`);
  }
  const reading = set.reading();
  const damage = damages[0] ?? reading.damage;
  return {
    files: files.map((file) => file.name),
    contentKey: keyOf(files.map((file) => file.sha256)),
    reading: { ...reading, notes: [...reading.notes, ...notes], damage },
    fault: null,
  };
}

function keyOf(parts: readonly string[]): string {
  return createHash('sha256')
    .update([...parts].sort().join('\n'))
    .digest('hex')
    .slice(0, 32);
}
