import { Findings, type ListReader } from './list-entry.ts';
import { dayOf } from './days.ts';
import { mmsiIn } from './match-numbers.ts';
import { isNotSdn, listOfMost, OFAC_SDN } from './ofac-lists.ts';
import { registered } from './ofac-remarks.ts';
import { callSignIn, otherNamesThan, textOrNull } from './printed-names.ts';
import type { XmlElement, XmlHandler } from './xml-elements.ts';
import { xmlListReader } from './xml-list-reader.ts';

type SdnEntry = {
  uid: string;
  name: string;
  type: string;
  callSign: string;
  flag: string;
  programs: string[];
  akas: string[];
  ids: { type: string; text: string; line: number }[];
  idType: string;
};

/**
 * Reads OFAC's SDN.XML and consolidated.xml, which have one schema (`sdnList`, with `publshInformation` as OFAC spells it).
 * There is no date of listing in it; `Record_Count` is held against the records.
 */
export function sdnXmlReader(): ListReader {
  const findings = new Findings('sdn-xml');
  let entry = emptyEntry();
  let wanted = NaN;
  let notSdn = 0;
  const handler: XmlHandler = {
    begin: ({ name, path }) => {
      if (path.length === 2 && name === 'sdnEntry') entry = emptyEntry();
    },
    end: (element) => {
      const { name, path, text } = element;
      if (name === 'Publish_Date') findings.publishedOn = dayOf(text, 'mdy');
      else if (name === 'Record_Count') wanted = Number(text);
      else if (path[1] === 'sdnEntry') {
        if (path.length > 2) takeField(entry, element);
        else {
          if (isNotSdn(entry.programs.join(';'), entry.ids.map((id) => id.text).join(';'))) notSdn++;
          endEntry(findings, entry, element.line);
        }
      }
    },
  };
  return xmlListReader(findings, handler, () => {
    if (Number.isInteger(wanted) && wanted !== findings.records)
      findings.damaged(`it says that it has ${wanted} records and holds ${findings.records}`);
    const reading = findings.reading();
    const list = listOfMost(notSdn, reading.records);
    return { ...reading, list, entries: reading.entries.map((found) => ({ ...found, list })) };
  });
}

function emptyEntry(): SdnEntry {
  return { uid: '', name: '', type: '', callSign: '', flag: '', programs: [], akas: [], ids: [], idType: '' };
}

function takeField(entry: SdnEntry, { path, text, line }: XmlElement): void {
  switch (path.slice(2).join('/')) {
    case 'uid':
      entry.uid = text;
      break;
    case 'lastName':
      entry.name = text;
      break;
    case 'sdnType':
      entry.type = text;
      break;
    case 'programList/program':
      entry.programs.push(text);
      break;
    case 'idList/id/idType':
      entry.idType = text;
      break;
    case 'idList/id/idNumber':
      entry.ids.push({ type: entry.idType, text, line });
      break;
    case 'akaList/aka/lastName':
      entry.akas.push(text);
      break;
    case 'vesselInfo/callSign':
      entry.callSign = text;
      break;
    case 'vesselInfo/vesselFlag':
      entry.flag = text;
      break;
  }
}

function endEntry(findings: Findings, entry: SdnEntry, line: number): void {
  findings.records++;
  if (entry.type.toLowerCase() !== 'vessel') return;
  findings.ships++;
  if (entry.name === '') {
    findings.refuse(line, 'lastName', '', 'the name of a ship');
    return;
  }
  const ofType = (type: string) => entry.ids.filter((id) => id.type === type);
  const numbers = ofType('Vessel Registration Identification').map((id) =>
    registered(findings, id.line, id.text),
  );
  const mmsis = ofType('MMSI').map((id) => mmsiIn(findings, id.line, 'MMSI', id.text));
  findings.entries.push({
    list: OFAC_SDN,
    entryId: textOrNull(entry.uid),
    part: null,
    imoNumber: numbers.find((number) => number !== null) ?? null,
    mmsi: mmsis.find((number) => number !== null) ?? null,
    callSign: callSignIn(entry.callSign),
    shipName: entry.name,
    otherNames: otherNamesThan(entry.name, entry.akas),
    flag: textOrNull(entry.flag),
    program: textOrNull(entry.programs.join('; ')),
    designatedOn: null,
    delistedOn: null,
    source: null,
    line,
  });
}
