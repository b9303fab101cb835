/** Characters of a ship's name that AIS carries (ITU-R M.1371-5, message 5): longer names arrive cut. */
const AIS_NAME_LENGTH = 20;
/** Shorter names are too like each other to be compared by sound (ours). */
export const SOUND_LENGTH = 6;

/** Returns a name as it is compared: capitals, letters and digits only, without former names in brackets. */
export function plainName(name: string): string {
  return name
    .replace(/\(.*?\)/g, ' ')
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim();
}

/**
 * Returns what spellings of one name have in common: letters and digits without blanks, marks, accents or the leading
 * `M/V`; Cyrillic in Latin letters. A name of digits alone keeps its parts apart (`7-28` is not `728`). Empty when nothing is left.
 */
export function nameKey(name: string): string {
  if (SIMPLE.test(name)) return name.replaceAll(' ', '');
  const latin = name
    .replace(/\(.*?\)/g, ' ')
    .replace(/[\u0400-\u04ff]/g, (letter) => CYRILLIC[letter.toUpperCase()] ?? letter);
  // An apostrophe or hyphen inside a word is romanisation (Ch'on, Chong-nyon), not a gap.
  const plain = plainName(latin.replace(/^\s*M[/.]?[VT][. ]\s*/i, ''));
  return /[A-Z]/.test(plain) ? plain.replaceAll(' ', '') : plain;
}

/** Most names on the air: capitals, digits and blanks, with a letter, and without a leading M/V that would be taken off. */
const SIMPLE = /^(?! |M[VT] )(?=.*[A-Z])[A-Z0-9 ]+$/;

/** Returns the keys under which a listed name is found: in full, and cut as AIS cuts it. */
export function listedKeys(name: string): readonly string[] {
  const bare = name.replace(/\(.*?\)/g, ' ').trim();
  const keys = [
    nameKey(bare),
    ...(bare.length > AIS_NAME_LENGTH ? [nameKey(bare.slice(0, AIS_NAME_LENGTH))] : []),
  ];
  return [...new Set(keys)].filter((key) => key !== '');
}

/**
 * Returns what different romanisations of one Korean or Chinese name have in common (Paek and Baek, Jong and Chong, Ryong
 * and Lyong, Kum and Gum), with its numbers as they are; null for a name that is too short to be compared so (ours, after
 * McCune-Reischauer, the DPRK's and the Revised Romanization).
 */
export function soundKey(name: string): string | null {
  const key = nameKey(name);
  const letters = key.replace(/\d/g, '');
  if (letters.length < SOUND_LENGTH) return null;
  return key
    .replace(/EO|OE|EU|OO|WU|AE|AI|EI|[CKPT]H|[JZGQDBL]/g, (part) => SOUNDS[part] ?? part)
    .replace(/([A-Z])\1+/g, '$1');
}

/** What is said alike in two letters, and in one. */
export const DOUBLE_SOUNDS: Readonly<Record<string, string>> = {
  EO: 'O',
  OE: 'O',
  EU: 'U',
  OO: 'U',
  WU: 'U',
  AE: 'E',
  AI: 'E',
  EI: 'E',
  CH: 'C',
  KH: 'K',
  PH: 'P',
  TH: 'T',
};
export const SINGLE_SOUNDS: Readonly<Record<string, string>> = {
  J: 'C',
  Z: 'C',
  G: 'K',
  Q: 'K',
  D: 'T',
  B: 'P',
  L: 'R',
};
const SOUNDS = { ...DOUBLE_SOUNDS, ...SINGLE_SOUNDS };

/** Latin letters of Russian ones (ISO 9 without marks). */
const CYRILLIC: Readonly<Record<string, string>> = Object.fromEntries(
  'А-A Б-B В-V Г-G Д-D Е-E Ё-E Ж-ZH З-Z И-I Й-Y К-K Л-L М-M Н-N О-O П-P Р-R С-S Т-T У-U Ф-F Х-KH Ц-TS Ч-CH Ш-SH Щ-SHCH Ъ- Ы-Y Ь- Э-E Ю-YU Я-YA І-I Ї-I Є-E Ґ-G'
    .split(' ')
    .map((pair) => pair.split('-') as [string, string]),
);
