import { dayOf } from './days.ts';
import { Findings, type ListReader } from './list-entry.ts';
import { UK, takeUkShip } from './uk-ship.ts';
import type { XmlElement } from './xml-elements.ts';
import { xmlListReader } from './xml-list-reader.ts';

type Gathered = {
  uniqueId: string;
  type: string;
  nameParts: string[];
  nameType: string;
  primaryNames: string[];
  otherNames: string[];
  imoNumbers: string[];
  flag: string;
  regime: string;
  sanctions: string[];
  designatedOn: string;
};

/** Reads the UK Sanctions List as XML: `Designations/Designation`, ships with `ShipDetails/Ship`. */
export function ukXmlReader(): ListReader {
  const findings = new Findings('uk-xml');
  findings.list = UK;
  let ship = nothing();
  return xmlListReader(findings, {
    begin: ({ name, path }) => {
      if (path.length === 2 && name === 'Designation') ship = nothing();
    },
    end: (element) => {
      const { name, path, text, line } = element;
      if (path.length === 2 && /^(DateGenerated|ReportDate)$/i.test(name))
        findings.publishedOn = dayOf(text, 'dmy') ?? dayOf(text, 'iso');
      else if (path[1] !== 'Designation') return;
      else if (path.length > 2) takeField(ship, element);
      else {
        findings.records++;
        if (ship.type.toLowerCase() !== 'ship') return;
        findings.ships++;
        takeUkShip(findings, { ...ship, sanctions: ship.sanctions.join('; '), line });
      }
    },
  });
}

function nothing(): Gathered {
  return {
    uniqueId: '',
    type: '',
    nameParts: [],
    nameType: '',
    primaryNames: [],
    otherNames: [],
    imoNumbers: [],
    flag: '',
    regime: '',
    sanctions: [],
    designatedOn: '',
  };
}

function takeField(ship: Gathered, { name, path, text }: XmlElement): void {
  switch (path.slice(2).join('/')) {
    case 'UniqueID':
      ship.uniqueId = text;
      break;
    case 'RegimeName':
      ship.regime = text;
      break;
    case 'IndividualEntityShip':
    case 'DesignationType':
      ship.type = text;
      break;
    case 'DateDesignated':
      ship.designatedOn = text;
      break;
    case 'Names/Name':
      endName(ship);
      break;
    case 'Names/Name/NameType':
      ship.nameType = text;
      break;
    case 'ShipDetails/Ship/IMONumbers/IMONumber':
      ship.imoNumbers.push(text);
      break;
    case 'ShipDetails/Ship/CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip':
      ship.flag = text;
      break;
    case 'SanctionsImposed':
      ship.sanctions.push(text.replaceAll('|', '; '));
      break;
    default:
      if (path[2] === 'Names' && /^Name\d$/.test(name) && text !== '') ship.nameParts.push(text);
  }
}

function endName(ship: Gathered): void {
  const name = ship.nameParts.join(' ');
  if (/^primary name$/i.test(ship.nameType)) ship.primaryNames.push(name);
  else if (name !== '') ship.otherNames.push(name);
  ship.nameParts = [];
  ship.nameType = '';
}
