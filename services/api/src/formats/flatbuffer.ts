/** A field of a table; a table's fields stand in the order of its schema, null for one that is left out. */
export type FlatField =
  | { readonly scalar: 'u8' | 'u16' | 'i32' | 'u64'; readonly value: number }
  | { readonly text: string }
  | { readonly bytes: Uint8Array }
  | { readonly doubles: readonly number[] }
  | { readonly table: readonly (FlatField | null)[] }
  | { readonly tables: readonly (readonly (FlatField | null)[])[] };

const SIZE = { u8: 1, u16: 2, i32: 4, u64: 8 } as const;
const PREFIX_BYTES = 4;

/**
 * Returns a table as FlatBuffers write one with its size before it (flatbuffers.dev, "Internals"): little-endian, every value at a
 * multiple of its size counted from the size prefix. Offsets lead forward only: a table is written before what it refers to.
 */
export function sizePrefixed(table: readonly (FlatField | null)[]): Uint8Array {
  const out = new FlatWriter();
  const root = out.reserve(4, PREFIX_BYTES);
  out.refer(root, out.table(table));
  return out.finished();
}

/** Bytes that grow; it knows where it is, and no schema. */
class FlatWriter {
  private bytes = Buffer.alloc(256);
  private length = PREFIX_BYTES;

  /** Returns the place of so many zero bytes, at a multiple of `align` once `before` more were skipped. */
  reserve(size: number, align: number, before = 0): number {
    const at = Math.ceil((this.length + before) / align) * align - before;
    if (at + size > this.bytes.length) {
      this.bytes = Buffer.concat([this.bytes, Buffer.alloc(this.bytes.length + at + size)]);
    }
    this.length = at + size;
    return at;
  }

  refer(from: number, to: number): void {
    this.bytes.writeUInt32LE(to - from, from);
  }

  finished(): Uint8Array {
    this.bytes.writeUInt32LE(this.length - PREFIX_BYTES, 0);
    return this.bytes.subarray(0, this.length);
  }

  /** The table of where its fields are comes first, then the table. */
  table(fields: readonly (FlatField | null)[]): number {
    const index = this.reserve(4 + 2 * fields.length, 2);
    const start = this.reserve(4, 8);
    const places = fields.map((field) => {
      if (field === null) return 0;
      const size = 'scalar' in field ? SIZE[field.scalar] : 4;
      return this.reserve(size, size) - start;
    });
    this.bytes.writeUInt16LE(4 + 2 * fields.length, index);
    this.bytes.writeUInt16LE(this.length - start, index + 2);
    for (const [slot, place] of places.entries()) this.bytes.writeUInt16LE(place, index + 4 + 2 * slot);
    this.bytes.writeInt32LE(start - index, start);
    for (const [slot, field] of fields.entries()) if (field !== null) this.put(field, start + places[slot]);
    return start;
  }

  private put(field: FlatField, at: number): void {
    if (!('scalar' in field)) return this.refer(at, this.target(field));
    if (field.scalar === 'u64') this.bytes.writeBigUInt64LE(BigInt(field.value), at);
    else if (field.scalar === 'i32') this.bytes.writeInt32LE(field.value, at);
    else this.bytes.writeUIntLE(field.value, at, SIZE[field.scalar]);
  }

  private target(field: Exclude<FlatField, { readonly scalar: unknown }>): number {
    if ('table' in field) return this.table(field.table);
    if ('tables' in field) {
      const at = this.vector(field.tables.length, 4, 4);
      for (const [n, table] of field.tables.entries()) this.refer(at + 4 + 4 * n, this.table(table));
      return at;
    }
    if ('doubles' in field) {
      const at = this.vector(field.doubles.length, 8, 8);
      for (const [n, value] of field.doubles.entries()) this.bytes.writeDoubleLE(value, at + 4 + 8 * n);
      return at;
    }
    const content = 'text' in field ? Buffer.from(field.text) : field.bytes;
    const at = this.vector(content.length, 1, 4);
    this.bytes.set(content, at + 4);
    // A text ends with a zero that its length does not count.
    if ('text' in field) this.reserve(1, 1);
    return at;
  }

  private vector(count: number, size: number, align: number): number {
    const at = this.reserve(4 + count * size, align, align === 8 ? 4 : 0);
    this.bytes.writeUInt32LE(count, at);
    return at;
  }
}
