import { isDay } from './days.ts';
import { Findings, type ListReader } from './list-entry.ts';
import { mmsiIn } from './match-numbers.ts';
import { OFAC_CONS, OFAC_SDN } from './ofac-lists.ts';
import { registered } from './ofac-remarks.ts';
import { callSignIn, otherNamesThan, textOrNull } from './printed-names.ts';
import type { XmlElement, XmlHandler } from './xml-elements.ts';
import { xmlListReader } from './xml-list-reader.ts';

/** Reference values that are looked up: element name to the text of each ID. */
const REFERENCE_SETS = [
  'AliasType',
  'Country',
  'DetailReference',
  'FeatureType',
  'IDRegDocType',
  'List',
  'PartySubType',
] as const;

type ReferenceSet = (typeof REFERENCE_SETS)[number];

type Document = { readonly type: string; readonly text: string; readonly line: number };
type Name = { readonly text: string; readonly isPrimary: boolean };
type Ship = {
  readonly profileId: string;
  readonly names: readonly Name[];
  readonly documents: readonly Document[];
  readonly features: ReadonlyMap<string, string>;
  readonly line: number;
};
type Listing = { readonly list: string; readonly day: string | null; readonly programs: readonly string[] };

/**
 * Reads OFAC's SDN_ADVANCED.XML (namespace `http://www.un.org/sanctions/1.0`), the only OFAC file with days of listing. It
 * joins five parts by ids: reference values, documents (IMO number, MMSI), parties (names, features), and entries (list,
 * day, programmes). Only what belongs to ships, and the documents and entries that may, is held.
 */
export function sdnAdvancedXmlReader(): ListReader {
  const state = new AdvancedState();
  const handler: XmlHandler = {
    begin: (element) => {
      state.begin(element);
    },
    end: (element) => {
      state.end(element);
    },
  };
  return xmlListReader(state.findings, handler, () => {
    state.join();
    return state.findings.reading();
  });
}

/** What has been read so far, and what of the part that is open. */
class AdvancedState {
  readonly findings = new Findings('sdn-advanced-xml');
  readonly #values = new Map<ReferenceSet, Map<string, string>>(
    REFERENCE_SETS.map((set) => [set, new Map()]),
  );
  readonly #countryOfPlace = new Map<string, string>();
  readonly #documents = new Map<string, Document[]>();
  readonly #ships: Ship[] = [];
  readonly #listings = new Map<string, Listing[]>();
  readonly #issued = new DateParts();
  #placeId = '';
  #document = { identityId: '', typeId: '' };
  #profile = emptyProfile();
  #entry = emptyEntry();

  begin({ path, name, attributes }: XmlElement): void {
    const id = attributes['ID'] ?? '';
    if (path.length === 3 && name === 'Location') this.#placeId = id;
    else if (name === 'LocationCountry')
      this.#countryOfPlace.set(this.#placeId, this.#value('Country', attributes['CountryID']));
    else if (name === 'IDRegDocument')
      this.#document = {
        identityId: attributes['IdentityID'] ?? '',
        typeId: attributes['IDRegDocTypeID'] ?? '',
      };
    else if (path[1] === 'DistinctParties') this.#beginInParty(name, attributes);
    else if (path[1] === 'SanctionsEntries') this.#beginInEntry(name, attributes);
  }

  end(element: XmlElement): void {
    const { path, name, attributes, text } = element;
    if (path[1] === 'DateOfIssue') this.#issued.take(name, text);
    else if (path[1] === 'ReferenceValueSets') {
      if (path.length === 4) this.#values.get(name as ReferenceSet)?.set(attributes['ID'] ?? '', text);
    } else if (name === 'IDRegistrationNo') this.#endDocument(element);
    else if (path[1] === 'DistinctParties') this.#endInParty(element);
    else if (path[1] === 'SanctionsEntries') this.#endInEntry(element);
  }

  /** Puts the parts together: one entry for each list that a ship is on. */
  join(): void {
    const { findings } = this;
    findings.publishedOn = this.#issued.day();
    for (const ship of this.#ships) {
      findings.ships++;
      const [shipName, ...rest] = namesOf(ship.names);
      if (shipName === undefined) {
        findings.refuse(ship.line, 'Alias', '', 'the name of a ship');
        continue;
      }
      const listings = this.#listings.get(ship.profileId) ?? [];
      if (listings.length === 0)
        findings.refuse(ship.line, 'SanctionsEntry', ship.profileId, 'an entry for this profile');
      for (const listing of listings) this.#addEntry(ship, listing, shipName, rest);
    }
  }

  #addEntry(ship: Ship, listing: Listing, shipName: string, others: readonly string[]): void {
    const { findings } = this;
    const numbers = ship.documents
      .filter(({ type }) => type === 'Vessel Registration Identification')
      .map(({ line, text }) => registered(findings, line, text));
    const mmsis = ship.documents
      .filter(({ type }) => type === 'MMSI')
      .map(({ line, text }) => mmsiIn(findings, line, 'MMSI', text));
    findings.entries.push({
      list: listing.list,
      entryId: textOrNull(ship.profileId),
      part: null,
      imoNumber: numbers.find((number) => number !== null) ?? null,
      mmsi: mmsis.find((number) => number !== null) ?? null,
      callSign: callSignIn(ship.features.get('Vessel Call Sign') ?? ''),
      shipName,
      otherNames: otherNamesThan(shipName, others),
      flag: textOrNull(ship.features.get('Vessel Flag') ?? ''),
      program: textOrNull(listing.programs.join('; ')),
      designatedOn: listing.day,
      delistedOn: null,
      source: null,
      line: ship.line,
    });
  }

  #beginInParty(name: string, attributes: Readonly<Record<string, string>>): void {
    const profile = this.#profile;
    if (name === 'Profile') {
      this.#profile = {
        ...emptyProfile(),
        id: attributes['ID'] ?? '',
        isShip: this.#value('PartySubType', attributes['PartySubTypeID']) === 'Vessel',
      };
    } else if (name === 'Identity') profile.identityIds.push(attributes['ID'] ?? '');
    else if (name === 'Alias') {
      profile.isPrimary =
        attributes['Primary'] === 'true' || this.#value('AliasType', attributes['AliasTypeID']) === 'Name';
    } else if (name === 'DocumentedName') profile.parts = [];
    else if (name === 'Feature') profile.feature = this.#value('FeatureType', attributes['FeatureTypeID']);
    else if (name === 'VersionLocation')
      setFirst(profile.features, profile.feature, this.#countryOfPlace.get(attributes['LocationID'] ?? ''));
  }

  #endInParty({ name, attributes, text, line }: XmlElement): void {
    const profile = this.#profile;
    if (name === 'NamePartValue') profile.parts.push(text);
    else if (name === 'DocumentedName')
      profile.names.push({ text: profile.parts.join(' '), isPrimary: profile.isPrimary });
    else if (name === 'VersionDetail') {
      const said = text === '' ? this.#value('DetailReference', attributes['DetailReferenceID']) : text;
      setFirst(profile.features, profile.feature, said);
    } else if (name === 'Profile') {
      this.findings.records++;
      if (!profile.isShip) return;
      const documents = profile.identityIds.flatMap((id) => this.#documents.get(id) ?? []);
      const { id: profileId, names, features } = profile;
      this.#ships.push({ profileId, names, documents, features, line });
    }
  }

  #beginInEntry(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name !== 'SanctionsEntry') return;
    this.#entry = {
      ...emptyEntry(),
      profileId: attributes['ProfileID'] ?? '',
      list: this.#value('List', attributes['ListID']),
    };
  }

  #endInEntry({ path, name, text }: XmlElement): void {
    const entry = this.#entry;
    if (path.at(-2) === 'Date' && path.includes('EntryEvent')) entry.date.take(name, text);
    else if (name === 'EntryEvent') {
      const day = entry.date.day();
      if (day !== null && (entry.day === null || day < entry.day)) entry.day = day;
      entry.date = new DateParts();
    } else if (name === 'Comment' && path.at(-2) === 'SanctionsMeasure' && text !== '')
      entry.programs.push(text);
    else if (name === 'SanctionsEntry') {
      const known = this.#listings.get(entry.profileId) ?? [];
      const list = /non-?sdn|consolidated/i.test(entry.list) ? OFAC_CONS : OFAC_SDN;
      this.#listings.set(entry.profileId, [...known, { list, day: entry.day, programs: entry.programs }]);
    }
  }

  #endDocument({ text, line }: XmlElement): void {
    const type = this.#value('IDRegDocType', this.#document.typeId);
    if (type !== 'Vessel Registration Identification' && type !== 'MMSI') return;
    const known = this.#documents.get(this.#document.identityId) ?? [];
    this.#documents.set(this.#document.identityId, [...known, { type, text, line }]);
  }

  #value(set: ReferenceSet, id: string | undefined): string {
    return this.#values.get(set)?.get(id ?? '') ?? '';
  }
}

/** A date in the parts Year, Month and Day. */
class DateParts {
  readonly #parts = new Map<string, string>();

  take(name: string, text: string): void {
    this.#parts.set(name, text);
  }

  day(): string | null {
    const part = (name: string): string => this.#parts.get(name) ?? '';
    const day = `${part('Year')}-${part('Month').padStart(2, '0')}-${part('Day').padStart(2, '0')}`;
    return isDay(day) ? day : null;
  }
}

function emptyProfile() {
  return {
    id: '',
    isShip: false,
    isPrimary: false,
    identityIds: [] as string[],
    parts: [] as string[],
    names: [] as Name[],
    feature: '',
    features: new Map<string, string>(),
  };
}

function emptyEntry() {
  return {
    profileId: '',
    list: '',
    day: null as string | null,
    date: new DateParts(),
    programs: [] as string[],
  };
}

function setFirst(features: Map<string, string>, name: string, value: string | undefined): void {
  if (value !== undefined && value !== '' && !features.has(name)) features.set(name, value);
}

/** The primary name first. */
function namesOf(names: readonly Name[]): readonly string[] {
  const sorted = [...names.filter((name) => name.isPrimary), ...names.filter((name) => !name.isPrimary)];
  return sorted.map((name) => name.text.trim()).filter((name) => name !== '');
}
