const MMSI = /^\d{1,9}$/;
const IMO = /^(?:IMO ?)?(\d{7})$/i;
/** Most values in one parameter; more is a query for an export. */
const MOST_VALUES = 100;

/** Returns the values of a comma-separated text when each is one of `allowed`, else null. */
export function parseChoices<Choice extends string>(
  text: string,
  allowed: readonly Choice[],
): readonly Choice[] | null {
  const values = text.split(',');
  const chosen = values.flatMap((value) => allowed.filter((choice) => choice === value));
  return chosen.length === values.length && values.length <= MOST_VALUES ? chosen : null;
}

/** Returns the MMSIs of a comma-separated text, or null when one of them is not of 1 to 9 digits. */
export function parseMmsiList(text: string): readonly number[] | null {
  const values = text.split(',');
  return values.length <= MOST_VALUES && values.every((value) => MMSI.test(value))
    ? values.map(Number)
    : null;
}

/** Returns the IMO numbers of a comma-separated text (seven digits, `IMO` before them allowed), or null. */
export function parseImoList(text: string): readonly number[] | null {
  const digits = text.split(',').map((value) => IMO.exec(value)?.[1]);
  return digits.length <= MOST_VALUES && digits.every((value) => value !== undefined)
    ? digits.map(Number)
    : null;
}
