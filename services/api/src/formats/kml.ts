import { placeOf, type Placed } from './geojson.ts';
import { termsLine, type FeedTerms } from './terms.ts';
import type { Writer } from './writer.ts';

/** What a placemark shows; instants as ISO text, `from` null where it has no time, `to` where it goes on. */
export type Placemark = {
  readonly name: string;
  readonly description: string;
  readonly from: string | null;
  readonly to: string | null;
};

/** Returns the writer of a KML 2.2 document (OGC 07-147r2) with a placemark for each item; its description has the terms of use. */
export function kmlWriter<Item extends Placed>(
  title: string,
  placemarkOf: (item: Item) => Placemark,
  terms: readonly FeedTerms[],
): Writer<Item> {
  const used = terms.map(termsLine).join('; ');
  const description = used === '' ? '' : `<description>${xmlText(`Terms of use: ${used}`)}</description>`;
  return {
    mediaType: 'application/vnd.google-earth.kml+xml',
    begin: () =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>${xmlText(title)}</name>${description}\n`,
    item: (item) => placemarkText(item, placemarkOf(item)),
    end: () => '</Document></kml>\n',
  };
}

function placemarkText(item: Placed, mark: Placemark): string {
  const place = placeOf(item);
  const point = place === null ? '' : `<Point><coordinates>${place.lon},${place.lat}</coordinates></Point>`;
  return (
    `<Placemark><name>${xmlText(mark.name)}</name><description>${xmlText(mark.description)}</description>` +
    `${spanText(mark)}${point}</Placemark>\n`
  );
}

function spanText({ from, to }: Placemark): string {
  if (from === null) return '';
  const end = to === null ? '' : `<end>${xmlText(to)}</end>`;
  return `<TimeSpan><begin>${xmlText(from)}</begin>${end}</TimeSpan>`;
}

/** Returns text as it may stand in XML 1.0: markup escaped, characters that XML forbids replaced. */
export function xmlText(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
