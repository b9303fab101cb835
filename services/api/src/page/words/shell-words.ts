import type { ByLanguage } from './by-language.ts';

const english = {
  skip: 'Skip to the main part',
  main: 'Main',
  alerts: 'Alerts',
  vessels: 'Vessels',
  ports: 'Ports',
  watchlists: 'Watchlists',
  rules: 'Rules',
  corrections: 'Corrections',
  status: 'Status',
  api: 'API',
  languages: 'Language',
  footer:
    'Offing reads ships’ AIS positions and tells what they are consistent with. An alert is a reason to look, never a proof: each has its evidence, a confidence, and explanations without ill intent.',
};

/** The words around every page. */
export const SHELL_WORDS: ByLanguage<typeof english> = {
  en: english,
  zh: {
    skip: '跳到正文',
    main: '主导航',
    alerts: '警报',
    vessels: '船舶',
    ports: '港口',
    watchlists: '关注清单',
    rules: '规则',
    corrections: '更正',
    status: '状态',
    api: 'API',
    languages: '语言',
    footer:
      'Offing 读取船舶的 AIS 船位，说明这些船位与何种情形相符。警报只是值得查看的理由，绝不是证明：每条警报都附有证据、置信度，以及不涉及恶意的解释。',
  },
  ko: {
    skip: '본문으로 건너뛰기',
    main: '주 메뉴',
    alerts: '경보',
    vessels: '선박',
    ports: '항만',
    watchlists: '관심 목록',
    rules: '규칙',
    corrections: '정정',
    status: '상태',
    api: 'API',
    languages: '언어',
    footer:
      'Offing은 선박의 AIS 위치를 읽고 그 위치가 어떤 상황과 부합하는지 알려 줍니다. 경보는 살펴볼 이유일 뿐 증거가 아닙니다. 모든 경보에는 근거와 신뢰도, 그리고 악의가 없는 설명이 함께 실립니다.',
  },
};
