/** One field of a payload: value and width in bits; a text is six-bit text of that width. */
export type PayloadField = readonly [value: number | string, width: number];

/** Returns the bits of fields as a text of 0 and 1. */
export function bitText(fields: readonly PayloadField[]): string {
  return fields
    .map(([value, width]) => (typeof value === 'string' ? sixBitText(value, width) : binary(value, width)))
    .join('');
}

function binary(value: number, width: number): string {
  const whole = BigInt.asUintN(width, BigInt(value));
  return whole.toString(2).padStart(width, '0');
}

function sixBitText(text: string, width: number): string {
  const padded = text.padEnd(width / 6, '@');
  return [...padded].map((character) => binary(character.charCodeAt(0) % 64, 6)).join('');
}

/** Returns bits as payload characters and the number of fill bits. */
export function armour(bits: string): { payload: string; fill: number } {
  const fill = (6 - (bits.length % 6)) % 6;
  const padded = bits + '0'.repeat(fill);
  let payload = '';
  for (let at = 0; at < padded.length; at += 6) {
    const value = parseInt(padded.slice(at, at + 6), 2);
    payload += String.fromCharCode(value < 40 ? value + 48 : value + 56);
  }
  return { payload, fill };
}

/** Returns a body with `!` or another start in front and its checksum behind. */
export function withChecksum(body: string, start = '!'): string {
  let sum = 0;
  for (const character of body) sum ^= character.charCodeAt(0);
  return `${start}${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Returns a tag block with its checksum. */
export function tagBlock(fields: string): string {
  return `${withChecksum(fields, '\\')}\\`;
}

/** Returns a single AIVDM sentence of fields. */
export function sentenceOf(fields: readonly PayloadField[], channel = 'A'): string {
  const { payload, fill } = armour(bitText(fields));
  return withChecksum(`AIVDM,1,1,,${channel},${payload},${fill}`);
}

/** Returns the sentences of a message cut into parts of `size` characters. */
export function partsOf(
  fields: readonly PayloadField[],
  size: number,
  sequence = 3,
  channel = 'A',
): string[] {
  const { payload, fill } = armour(bitText(fields));
  const total = Math.ceil(payload.length / size);
  return Array.from({ length: total }, (_, index) => {
    const text = payload.slice(index * size, (index + 1) * size);
    return withChecksum(
      `AIVDM,${total},${index + 1},${sequence},${channel},${text},${index === total - 1 ? fill : 0}`,
    );
  });
}

/** What a class A position report may be given; the rest is plausible. */
export type PositionFields = {
  type?: number;
  mmsi?: number;
  navStatus?: number;
  rot?: number;
  sog?: number;
  lon?: number;
  lat?: number;
  cog?: number;
  heading?: number;
  second?: number;
};

/** Returns the 168 bits of a type 1, 2 or 3 message; lon and lat in 1/10,000 minute, sog and cog in tenths. */
export function classAFields(f: PositionFields = {}): PayloadField[] {
  return [
    [f.type ?? 1, 6],
    [0, 2],
    [f.mmsi ?? 413_400_720, 30],
    [f.navStatus ?? 0, 4],
    [f.rot ?? 0, 8],
    [f.sog ?? 115, 10],
    [0, 1],
    [f.lon ?? 73_265_077, 28],
    [f.lat ?? 22_337_349, 27],
    [f.cog ?? 3581, 12],
    [f.heading ?? 239, 9],
    [f.second ?? 54, 6],
    [0, 2],
    [0, 3],
    [0, 1],
    [0, 19],
  ];
}

/** Returns the 168 bits of a type 18 message. */
export function classBFields(f: PositionFields = {}): PayloadField[] {
  return [
    [18, 6],
    [0, 2],
    [f.mmsi ?? 413_858_523, 30],
    [0, 8],
    [f.sog ?? 52, 10],
    [1, 1],
    [f.lon ?? 71_005_920, 28],
    [f.lat ?? 22_879_686, 27],
    [f.cog ?? 2270, 12],
    [f.heading ?? 511, 9],
    [f.second ?? 17, 6],
    [0, 2],
    [1, 1],
    [0, 7],
    [0, 19],
  ];
}

/** What a type 5 message may be given. */
export type VoyageFields = {
  mmsi?: number;
  imoNumber?: number;
  callSign?: string;
  shipName?: string;
  shipType?: number;
  bow?: number;
  stern?: number;
  port?: number;
  starboard?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  draught?: number;
  destination?: string;
};

/** Returns the 424 bits of a type 5 message. */
export function voyageFields(f: VoyageFields = {}): PayloadField[] {
  return [
    [5, 6],
    [0, 2],
    [f.mmsi ?? 413_400_720, 30],
    [0, 2],
    [f.imoNumber ?? 9_611_008, 30],
    [f.callSign ?? 'BQAA', 42],
    [f.shipName ?? 'HAI YUN 7', 120],
    [f.shipType ?? 70, 8],
    [f.bow ?? 120, 9],
    [f.stern ?? 30, 9],
    [f.port ?? 10, 6],
    [f.starboard ?? 14, 6],
    [1, 4],
    [f.month ?? 11, 4],
    [f.day ?? 5, 5],
    [f.hour ?? 21, 5],
    [f.minute ?? 30, 6],
    [f.draught ?? 65, 8],
    [f.destination ?? 'LONGKOU', 120],
    [0, 1],
    [0, 1],
  ];
}
