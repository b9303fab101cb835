import type { Json } from '../event.ts';

/** A dated, sourced fact on a flag in the trade with the DPRK. It is about the register, never about a ship that flies the flag. */
export type FlagFact = {
  readonly mids: readonly number[];
  /** As the source dates it. */
  readonly date: string;
  readonly fact: string;
  readonly source: string;
};

const OFAC = 'OFAC SDN list, entries designated on that day';
const SAFETY4SEA = 'https://safety4sea.com/over-300-ships-involved-in-fraudulent-registries/';
const ISIS = 'https://raytodd.blog/2017/12/15/report-on-evasion-of-sanctions-on-north-korea/';

/** Facts on flags, compiled from lists and press reports of the time. */
export const FLAG_FACTS: readonly FlagFact[] = [
  { mids: [445], date: '', fact: 'the flag of the DPRK', source: 'ITU table of MIDs' },
  {
    mids: [667],
    date: '2016-03-16',
    fact: 'ships designated that day are listed under this flag',
    source: OFAC,
  },
  {
    mids: [667],
    date: '2018-03',
    fact: 'the register said that it investigates ships linked to the DPRK which came to it after Panama had struck them off',
    source: 'https://www.nknews.org/2018/03/sierra-leone-says-it-is-investigating-north-korea-linked-ships/',
  },
  {
    mids: [514, 515],
    date: '2016-03-16',
    fact: 'ships designated that day are listed under this flag',
    source: OFAC,
  },
  {
    mids: [514, 515],
    date: 'before 2018-09',
    fact: 'after the register was closed to foreign ships, some linked to the DPRK kept using the numbers once issued',
    source:
      'https://thediplomat.com/2018/09/fake-flags-at-sea-sanctions-enforcement-and-ship-identity-falsification',
  },
  {
    mids: [457],
    date: '2016-07-08',
    fact: 'the state reported to the UN that it struck 14 ships of the DPRK off its register',
    source:
      'https://koreajoongangdaily.joins.com/2016/08/03/politics/Mongolia-cancels-open-registry-for-Pyongyang-ships/3022167.html',
  },
  {
    mids: [511],
    date: '2016-03-16',
    fact: 'ships designated that day are listed under this flag',
    source: OFAC,
  },
  {
    mids: [341],
    date: '2017-09',
    fact: 'the register struck off a designated ship',
    source:
      'https://www.nknews.org/2017/10/comoros-islands-removes-sanctioned-n-korean-ship-from-its-registry/',
  },
  {
    mids: [620],
    date: '2017-10-13',
    fact: 'the register struck off a ship that the UN bans from ports',
    source:
      'https://www.nknews.org/2017/10/comoros-islands-removes-sanctioned-n-korean-ship-from-its-registry/',
  },
  {
    mids: [351, 352, 353, 354, 355, 356, 357, 370, 371, 372, 373, 374],
    date: '2018-01',
    fact: 'the register began to strike off ships linked to trade with the DPRK',
    source:
      'http://panamaadvisoryinternationalgroup.com/blog/news-from-panama/panama-cancelling-registration-two-vessels-linked-north-korea-trading/',
  },
  {
    mids: [674, 677],
    date: '2018-02-23',
    fact: 'a ship designated that day is listed under this flag',
    source: OFAC,
  },
  {
    mids: [455],
    date: '2018-02-24',
    fact: 'a ship seen in a transfer at sea with one of the DPRK flew this flag without being registered',
    source:
      'https://thediplomat.com/2018/09/fake-flags-at-sea-sanctions-enforcement-and-ship-identity-falsification',
  },
  {
    mids: [676, 520, 510],
    date: '2015-2019',
    fact: 'fraudulent registrations under this flag were reported to the IMO',
    source: SAFETY4SEA,
  },
  {
    mids: [529, 671, 538],
    date: 'before 2017-12',
    fact: 'named among the states involved in re-flagging or shipping violations',
    source: ISIS,
  },
  {
    mids: [574],
    date: '2020-12-08',
    fact: 'a ship designated that day is listed under this flag',
    source: OFAC,
  },
];

/** Returns the facts on the flag of maritime identification digits, as evidence. */
export function flagFacts(mid: number): readonly Json[] {
  return FLAG_FACTS.filter(({ mids }) => mids.includes(mid)).map(({ date, fact, source }) => ({
    mid,
    date,
    fact,
    source,
  }));
}
