/** The header of the CSV files that the tests write. */
export const CSV_HEADER = 'mmsi,timestamp,lat,lon,sog,cog,heading,name';

/** Returns a CSV file of rows. */
export function csvOf(rows: readonly string[]): string {
  return [CSV_HEADER, ...rows, ''].join('\n');
}

/** Returns a row of a ship at a time (seconds after a fixed instant); places, speeds and names repeat, so that rows tie. */
export function csvRow(mmsi: number, second: number, variant = 0): string {
  const time = new Date(Date.UTC(2024, 2, 1) + second * 1000).toISOString();
  const lat = 37 + (variant % 3) / 100;
  const lon = 122 + (variant % 2) / 100;
  const name = variant % 5 === 0 ? `SHIP ${variant % 7}` : '';
  return [mmsi, time, lat, lon, 10 + (variant % 4), (variant % 9) * 10, variant % 6, name].join(',');
}

/** Returns `count` rows of twenty ships, a second apart, in time order. */
export function csvRows(count: number, firstSecond = 0): string[] {
  return Array.from({ length: count }, (_, i) => csvRow(412_000_001 + (i % 20), firstSecond + i, i));
}
