/** What is known better of a port than its source row says: its plain name, its own script, a better position. */
export type NamedPort = {
  readonly id: string;
  readonly name: string;
  readonly localName: string;
  readonly watched: boolean;
  readonly parentPortId?: string;
  readonly place?: { readonly lon: number; readonly lat: number; readonly source: string };
};

const UNLOCODE =
  'UN/LOCODE (2022), where the World Port Index contradicts the distance Longkou-Penglai of about 40 km';

function chinese(id: string, name: string, localName: string, more: Partial<NamedPort> = {}): NamedPort {
  return { id, name, localName, watched: true, ...more };
}

function korean(id: string, name: string, localName: string): NamedPort {
  return { id, name, localName, watched: false };
}

/** The ports named in the reporting. Names in the ports' own scripts are general knowledge and are marked so. */
export const NAMED_PORTS: readonly NamedPort[] = [
  chinese('WPI-60233', 'Dandong', '丹东'),
  chinese('WPI-60250', 'Dalian', '大连'),
  chinese('WPI-60230', 'Bayuquan', '鲅鱼圈', { parentPortId: 'WPI-60220' }),
  chinese('WPI-60220', 'Yingkou', '营口'),
  chinese('WPI-60215', 'Jinzhou', '锦州'),
  chinese('WPI-60200', 'Qinhuangdao', '秦皇岛'),
  chinese('WPI-60193', 'Tangshan', '唐山'),
  chinese('CNCFD', 'Caofeidian', '曹妃甸'),
  chinese('WPI-60190', 'Tianjin', '天津'),
  chinese('GFW-HUANGHUA', 'Huanghua', '黄骅'),
  chinese('WPI-60170', 'Longkou', '龙口', { place: { lon: 120.35, lat: 37.65, source: UNLOCODE } }),
  chinese('WPI-60165', 'Penglai', '蓬莱', { place: { lon: 120.75, lat: 37.8, source: UNLOCODE } }),
  chinese('WPI-60160', 'Yantai', '烟台'),
  chinese('WPI-60150', 'Weihai', '威海'),
  chinese('CNSHD', 'Shidao', '石岛'),
  chinese('GFW-WEIFANG', 'Weifang', '潍坊'),
  chinese('WPI-60140', 'Qingdao', '青岛'),
  chinese('WPI-60133', 'Rizhao', '日照'),
  chinese('WPI-60125', 'Lanshan', '岚山'),
  chinese('WPI-60130', 'Lianyungang', '连云港'),
  chinese('WPI-59991', 'Nantong', '南通'),
  chinese('WPI-59970', 'Shanghai', '上海'),
  chinese('WPI-59940', 'Ningbo', '宁波'),
  chinese('WPI-59960', 'Zhoushan', '舟山'),
  korean('WPI-60280', 'Nampo', '남포'),
  korean('WPI-60290', 'Songnim', '송림'),
  korean('WPI-60310', 'Haeju', '해주'),
  korean('WPI-60440', 'Wonsan', '원산'),
  korean('WPI-60450', 'Hungnam', '흥남'),
  korean('KPTCH', 'Tanchon', '단천'),
  korean('WPI-60480', 'Kimchaek', '김책'),
  korean('WPI-60500', 'Chongjin', '청진'),
  korean('WPI-60510', 'Rajin', '라진'),
  korean('WPI-60520', 'Sonbong', '선봉'),
  korean('NE-SINUIJU', 'Sinuiju', '신의주'),
  korean('KPSIN', 'Sinpo', '신포'),
];
