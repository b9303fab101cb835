/** What is known better of a port than its source row says: its plain name, its own script, a better position. */
export type NamedPort = {
  readonly id: string;
  readonly name: string;
  /** Null where only the place or the parent is set right here. */
  readonly localName: string | null;
  readonly watched: boolean;
  readonly parentPortId?: string;
  readonly place?: PlaceSource;
  /** Labels of the anchorage set that are this port's, beside the one that has its name. */
  readonly labels?: readonly string[];
  /** Makes the port itself where no list of ports has it. */
  readonly made?: { readonly country: string; readonly unlocode: string | null; readonly note: string };
};

/** A position read from a source, or the median of the berth points of a label (within a box, where the label is wide). */
export type PlaceSource =
  | { readonly lon: number; readonly lat: number; readonly source: string }
  | {
      readonly berthsOf: string;
      readonly box?: {
        readonly west: number;
        readonly south: number;
        readonly east: number;
        readonly north: number;
      };
      readonly source: string;
    };

const UNLOCODE =
  'UN/LOCODE (2022), where the World Port Index contradicts the distance Longkou-Penglai of about 40 km';

function chinese(id: string, name: string, localName: string, more: Partial<NamedPort> = {}): NamedPort {
  return { id, name, localName, watched: true, ...more };
}

function unwatched(
  id: string,
  name: string,
  localName: string | null,
  more: Partial<NamedPort> = {},
): NamedPort {
  return { id, name, localName, watched: false, ...more };
}

/** The Chinese ports that are watched by default (detections.md, 7). */
const WATCHED: readonly NamedPort[] = [
  chinese('WPI-60233', 'Dandong', '丹东', { labels: ['DAN DONG'] }),
  chinese('WPI-60250', 'Dalian', '大连'),
  chinese('WPI-60230', 'Bayuquan', '鲅鱼圈', { parentPortId: 'WPI-60220' }),
  chinese('WPI-60220', 'Yingkou', '营口'),
  chinese('WPI-60200', 'Qinhuangdao', '秦皇岛'),
  chinese('WPI-60190', 'Tianjin', '天津'),
  chinese('WPI-60170', 'Longkou', '龙口', { place: { lon: 120.35, lat: 37.65, source: UNLOCODE } }),
  chinese('WPI-60165', 'Penglai', '蓬莱', { place: { lon: 120.75, lat: 37.8, source: UNLOCODE } }),
  chinese('WPI-60160', 'Yantai', '烟台', {
    place: {
      lon: 121.4167,
      lat: 37.55,
      source: 'UN/LOCODE (2022), CNYTG; the World Port Index has a place 2 km out at sea',
    },
  }),
  chinese('CNSHD', 'Shidao', '石岛'),
  chinese('GFW-WEIFANG', 'Weifang', '潍坊'),
  chinese('WPI-60133', 'Rizhao', '日照'),
  chinese('WPI-60125', 'Lanshan', '岚山'),
  chinese('WPI-60130', 'Lianyungang', '连云港'),
  // A river port: its points of the label NANTONG at the mouth of the Yangtze and on the open coast are the approach.
  chinese('WPI-59991', 'Nantong', '南通'),
  chinese('WPI-59970', 'Shanghai', '上海'),
  chinese('WPI-59940', 'Ningbo', '宁波'),
  chinese('WPI-59960', 'Zhoushan', '舟山'),
];

/** Named in the reporting, or set right because their source is plainly wrong; parents are general knowledge. */
const UNWATCHED: readonly NamedPort[] = [
  unwatched('WPI-60215', 'Jinzhou', '锦州', {
    place: {
      berthsOf: 'JINZHOU',
      source:
        'GFW anchorages (median of the berth points of label JINZHOU); the World Port Index has a place 5 km out at sea, UN/LOCODE the inland city',
    },
  }),
  unwatched('WPI-60193', 'Tangshan', '唐山', { labels: ['JINGTANG'] }),
  unwatched('CNCFD', 'Caofeidian', '曹妃甸'),
  unwatched('GFW-HUANGHUA', 'Huanghua', '黄骅', {
    labels: ['CANGZHOU'],
    place: {
      berthsOf: 'CANGZHOU',
      source:
        'GFW anchorages (median of the berth points of label CANGZHOU, the prefecture whose port Huanghua is); UN/LOCODE has the inland city',
    },
    made: {
      country: 'CN',
      unlocode: 'CNHUH',
      note: 'in no list of ports but UN/LOCODE, whose place is the inland city',
    },
  }),
  unwatched('WPI-60150', 'Weihai', '威海'),
  unwatched('WPI-60140', 'Qingdao', '青岛'),
  unwatched('CNLZO', 'Laizhou', null, {
    place: {
      berthsOf: 'YANTAI',
      box: { west: 119.7, south: 37.3, east: 120.05, north: 37.6 },
      source:
        'GFW anchorages (median of the berth points of label YANTAI off Laizhou); UN/LOCODE has the inland town',
    },
  }),
  unwatched('WPI-57818', 'Chiwan', null, {
    place: {
      lon: 113.8833,
      lat: 22.4833,
      source: 'UN/LOCODE (2022), CNCWN; the World Port Index has a place on Hainan, 490 km from it',
    },
  }),
  unwatched('WPI-61260', 'Wakkanai', null, {
    place: {
      lon: 141.6833,
      lat: 45.4167,
      source:
        'NGA WPI 2024-02 with its latitude of 43.4167° N, which is inland, put right by 2° (general knowledge)',
    },
  }),
  // Parts of a watched port: what lies there lies off the watched one.
  unwatched('CNDGN', 'Donggang', null, { parentPortId: 'WPI-60233' }),
  unwatched('WPI-60240', 'Lushun', null, { parentPortId: 'WPI-60250' }),
  unwatched('WPI-60180', 'Dagu Tanggu', null, { parentPortId: 'WPI-60190' }),
  unwatched('WPI-59950', 'Zhenhai', null, { parentPortId: 'WPI-59940' }),
];

const DPRK: readonly NamedPort[] = [
  unwatched('WPI-60280', 'Nampo', '남포'),
  unwatched('WPI-60290', 'Songnim', '송림'),
  unwatched('KP-TAEAN', 'Taean', '태안', {
    made: { country: 'KP', unlocode: null, note: 'unlocated: no source confirms a position' },
  }),
  unwatched('WPI-60310', 'Haeju', '해주'),
  unwatched('WPI-60440', 'Wonsan', '원산'),
  unwatched('WPI-60450', 'Hungnam', '흥남'),
  unwatched('KPTCH', 'Tanchon', '단천'),
  unwatched('WPI-60480', 'Kimchaek', '김책'),
  unwatched('WPI-60500', 'Chongjin', '청진'),
  unwatched('WPI-60510', 'Rajin', '라진'),
  unwatched('WPI-60520', 'Sonbong', '선봉'),
  unwatched('NE-SINUIJU', 'Sinuiju', '신의주'),
  unwatched('KPSIN', 'Sinpo', '신포'),
];

/** The ports named in the reporting. Names in the ports' own scripts are general knowledge and are marked so. */
export const NAMED_PORTS: readonly NamedPort[] = [...WATCHED, ...UNWATCHED, ...DPRK];
