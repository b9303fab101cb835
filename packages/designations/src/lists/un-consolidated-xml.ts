import { Findings, type ListReader } from './list-entry.ts';
import { dayOf } from './days.ts';
import type { XmlHandler } from './xml-elements.ts';
import { xmlListReader } from './xml-list-reader.ts';

/**
 * Reads the UN Security Council's consolidated list. It holds persons and entities, no ships: those are on the "1718
 * Designated Vessels List", a file of its own. An "IMO number" in a comment is a company's, so that none is taken.
 */
export function unConsolidatedXmlReader(): ListReader {
  const findings = new Findings('un-consolidated-xml');
  const handler: XmlHandler = {
    begin: ({ name, path, attributes }) => {
      if (path.length === 1 && name === 'CONSOLIDATED_LIST')
        findings.publishedOn = dayOf(attributes['dateGenerated'] ?? '', 'iso');
    },
    end: ({ name, path }) => {
      if (path.length === 3 && (name === 'INDIVIDUAL' || name === 'ENTITY')) findings.records++;
    },
  };
  return xmlListReader(findings, handler, () => {
    findings.notes.push(
      'the UN consolidated list holds no ships: they are on the 1718 Designated Vessels List, which is a file of its own',
    );
    return findings.reading();
  });
}
