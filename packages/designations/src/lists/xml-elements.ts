import { SaxesParser } from 'saxes';

/** Deeper nesting than this is no list but an attack on whoever reads it (the deepest known list has 12 levels). */
const DEPTH_MAX = 40;
/** Characters of one element's own text (ours). */
const TEXT_MAX = 1_000_000;
/** Characters of one attribute's value (ours). */
const ATTRIBUTE_MAX = 10_000;
/** Attributes of one element (the widest known list has 9). */
const ATTRIBUTES_MAX = 64;

/** Characters without the beginning or end of an element, text or comment: a parser would hold them all (ours). */
const QUIET_MAX = 4_000_000;

/** An element that ends: its name and those of its parents without prefix, outermost first, its attributes and its own text. */
export type XmlElement = {
  readonly path: readonly string[];
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Trimmed. */
  readonly text: string;
  /** Line on which it ends, from 1. */
  readonly line: number;
};

/** Receives elements as they begin (without text) and as they end. */
export type XmlHandler = {
  readonly begin?: (element: XmlElement) => void;
  readonly end: (element: XmlElement) => void;
};

type Open = { readonly name: string; readonly attributes: Readonly<Record<string, string>>; text: string };

/**
 * Reads XML as it comes, safely: a document type is refused outright, so that there are no entities beside the five that
 * XML itself has and nothing is ever fetched; depth, text, attributes and tags are bounded. Holds the open elements only.
 */
export class XmlElements {
  /** Why the text is no XML that can be read, or null; nothing is told after it. */
  damage: string | null = null;
  readonly #parser = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true });
  readonly #open: Open[] = [];
  readonly #path: string[] = [];
  #roots = 0;
  #quiet = 0;

  constructor(handler: XmlHandler) {
    const parser = this.#parser;
    parser.on('error', (error) => {
      // The parser puts line and column before its words.
      this.#damaged(error.message.replace(/^\d+:\d+: /, ''));
    });
    parser.on('doctype', () => {
      this.#damaged('it has a document type, which no list has and which can hide entities');
    });
    parser.on('opentag', ({ name, attributes }) => {
      this.#quiet = 0;
      this.#begin(localName(name), attributes, handler);
    });
    const takeText = (text: string): void => {
      this.#quiet = 0;
      const element = this.#open.at(-1);
      if (element === undefined || this.damage !== null) return;
      element.text += text;
      if (element.text.length > TEXT_MAX)
        this.#damaged(`the text of <${element.name}> is longer than ${TEXT_MAX} characters`);
    };
    parser.on('text', takeText);
    parser.on('cdata', takeText);
    parser.on('closetag', () => {
      this.#quiet = 0;
      const element = this.#open.pop();
      if (element === undefined || this.damage !== null) return;
      handler.end({ ...element, text: element.text.trim(), path: this.#path, line: parser.line });
      this.#path.pop();
    });
  }

  /** Takes the next piece of the text. */
  push(text: string): void {
    if (this.damage !== null) return;
    this.#quiet += text.length;
    this.#parser.write(text);
    if (this.#quiet > QUIET_MAX) this.#damaged(`${QUIET_MAX} characters hold neither an element nor its end`);
  }

  /** Takes the end of the text: what is still open then was cut short. */
  end(): void {
    if (this.damage !== null) return;
    const innermost = this.#open.at(-1);
    if (innermost !== undefined) this.#damaged(`it ends inside <${innermost.name}>: the file was cut short`);
    else if (this.#roots !== 1) this.#damaged('it is no XML document');
    else this.#parser.close();
  }

  #begin(name: string, attributes: Record<string, string>, handler: XmlHandler): void {
    if (this.damage !== null) return;
    if (this.#open.length === 0) this.#roots++;
    if (this.#open.length >= DEPTH_MAX) {
      this.#damaged(`elements nest deeper than ${DEPTH_MAX}`);
      return;
    }
    if (Object.keys(attributes).length > ATTRIBUTES_MAX) {
      this.#damaged(`<${name}> has more than ${ATTRIBUTES_MAX} attributes`);
      return;
    }
    if (Object.values(attributes).some((value) => value.length > ATTRIBUTE_MAX)) {
      this.#damaged(`an attribute of <${name}> is longer than ${ATTRIBUTE_MAX} characters`);
      return;
    }
    this.#open.push({ name, attributes, text: '' });
    this.#path.push(name);
    handler.begin?.({ name, attributes, text: '', path: this.#path, line: this.#parser.line });
  }

  #damaged(why: string): void {
    this.damage ??= `line ${this.#parser.line}: ${why}`;
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
