import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { feedText, type Feed } from '../../src/formats/feeds.ts';
import { alertSchema, type PublicAlert } from '../../src/schemas/event.ts';

const hasXmllint = spawnSync('xmllint', ['--version']).error === undefined;
if (!hasXmllint)
  process.stderr.write('xmllint is not installed: Atom is not held against the grammar of RFC 4287\n');

const GRAMMAR = fileURLToPath(new URL('atom.rng', import.meta.url));
const alert = (alertSchema as unknown as { examples: PublicAlert[] }).examples[0];

const feedOf = (changes: Partial<Feed> = {}): Feed => ({
  title: 'Offing: A & B',
  address: 'https://offing.example.org/v1/alerts.atom?port=%3C&limit=2',
  origin: 'https://offing.example.org',
  hasPictures: true,
  terms: [{ feed: 'coast & sea', terms: 'CC BY <4.0>' }],
  entries: [
    { alert, updated: '2016-11-06T18:45:00Z' },
    { alert: { ...alert, id: 'a2', version: 2 }, updated: '2016-11-06T18:45:00.125Z' },
    {
      alert: { ...alert, id: 'a3', sentence: '</summary>]]>&\0\u{1f6a2}\ud800' },
      updated: '2016-11-07T00:00:00Z',
    },
    {
      alert: { ...alert, id: 'a4', state: 'retracted', reason: 'late positions' },
      updated: '2016-11-07T00:00:00Z',
    },
  ],
  ...changes,
});

/** What xmllint finds wrong with a text; nothing where it is Atom. */
function faultsOf(text: string): string {
  const { status, stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--relaxng', GRAMMAR, '-'], {
    input: text,
    encoding: 'utf8',
  });
  return status === 0 ? '' : stderr;
}

describe.skipIf(!hasXmllint)(`Atom${hasXmllint ? '' : ' (left out: no xmllint)'}`, () => {
  it.each([
    ['entries of all kinds', feedOf()],
    ['no entries', feedOf({ entries: [] })],
    ['no terms and no pictures', feedOf({ terms: [], hasPictures: false })],
  ])('keeps to the grammar of RFC 4287 with %s', (_, feed) => {
    expect(faultsOf(feedText(feed, 'atom'))).toBe('');
  });

  it('says of each feed and entry what the rules beside the grammar ask for', () => {
    const text = feedText(feedOf(), 'atom');
    const count = (path: string) =>
      spawnSync('xmllint', ['--nonet', '--xpath', `count(${path})`, '-'], {
        input: text,
        encoding: 'utf8',
      }).stdout.trim();
    const named = (name: string) => `*[local-name()="${name}"]`;
    expect(count(`/${named('feed')}/${named('author')}`)).toBe('1');
    expect(count(`//${named('entry')}[${named('link')}[@rel="alternate"]]`)).toBe('4');
    expect(count(`//${named('entry')}`)).toBe('4');
  });

  // A grammar that lets everything pass would prove nothing.
  it.each([
    ['an entry without an id', /<entry><id>.*?<\/id>/, '<entry>'],
    ['a feed without an instant', /<updated>[^<]*<\/updated>\n/, '\n'],
    ['a day that is no instant', /<published>[^<]*/, '<published>2016-11-05'],
    ['a second title', /<title>/, '<title>x</title><title>'],
    ['an element that Atom does not have', /<category /, '<tag>x</tag><category '],
    ['an attribute that links do not have', /<link rel="self"/, '<link rel="self" url="x"'],
    ['a category without a term', /<category term="[^"]*"/, '<category'],
    ['RSS', /^.*$/s, feedText(feedOf(), 'rss')],
  ])('is told from %s', (_, found, instead) => {
    const text = feedText(feedOf(), 'atom');
    expect(text).toMatch(found);
    expect(faultsOf(text.replace(found, () => instead))).not.toBe('');
  });

  it('may carry what is of another namespace', () => {
    const text = feedText(feedOf(), 'atom');
    expect(faultsOf(text.replace('<category ', '<x:y xmlns:x="urn:x" z="1"><x:w/></x:y><category '))).toBe(
      '',
    );
  });
});
