import type { Findings, ListReader, ListReading } from './list-entry.ts';
import { XmlElements, type XmlHandler } from './xml-elements.ts';

/** Returns the reader of an XML list: its elements go to a handler, what harms it and what was found to the findings. */
export function xmlListReader(
  findings: Findings,
  handler: XmlHandler,
  finish: () => ListReading = () => findings.reading(),
): ListReader {
  const elements = new XmlElements(handler);
  return {
    push: (text) => {
      elements.push(text);
    },
    end: () => {
      elements.end();
      if (elements.damage !== null) findings.damaged(elements.damage);
      return finish();
    },
  };
}
