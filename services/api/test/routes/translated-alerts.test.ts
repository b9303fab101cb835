import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

const ZH = '【合成数据】某船有 27 小时未收到其 AIS 信号。';
const KO = '어떤 배가 27시간 동안 수신되지 않았습니다.';
const EN = 'No position was received for 27 h.';

type Told = { sentence: string; sentenceLang?: string; reason: string | null; sentences: object };

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.rows.event('e_old');
  await api.rows.event('e_new', { state: 'open', closed_at: null });
  await api.rows.event('e_new', {
    sentence_zh: ZH,
    sentence_ko: KO,
    reason: 'positions that arrived later changed it',
  });
}, 120_000);

afterAll(() => api.close());

it('tells an alert in every language, and what was written before there were any in English alone', async () => {
  const alert = (await api.get('/v1/alerts/a_new')).json<Told & { versions: Told[] }>();
  expect(alert.sentence).toBe(EN);
  expect(alert).not.toHaveProperty('sentenceLang');
  expect(alert.sentences).toEqual({ en: EN, zh: ZH, ko: KO });
  expect(alert.versions.map(({ sentences }) => sentences)).toEqual([
    { en: EN, zh: null, ko: null },
    { en: EN, zh: ZH, ko: KO },
  ]);
});

it.each([
  ['zh', ZH, '随后到达的船位使其改变'],
  ['ko', KO, '뒤늦게 도착한 위치로 내용이 바뀌었음'],
])(
  'puts sentence and reason into %s where that is asked for, and says where it cannot',
  async (lang, sentence, reason) => {
    const { items } = (await api.get(`/v1/alerts?lang=${lang}`)).json<{ items: Told[] }>();
    expect(items.map((one) => [one.sentence, one.sentenceLang, one.reason])).toEqual([
      [sentence, lang, reason],
      [EN, 'en', null],
    ]);
    // What was asked for in one language is not answered in another.
    const plain = (await api.get('/v1/alerts')).json<{ items: Told[] }>().items;
    expect(plain.map((one) => [one.sentence, one.sentenceLang])).toEqual([
      [EN, undefined],
      [EN, undefined],
    ]);
    expect((await api.get(`/v1/alerts.csv?lang=${lang}`)).body).toContain(sentence);
    expect((await api.get('/v1/alerts.csv')).body).not.toContain(sentence);
    const single = (await api.get(`/v1/alerts/a_old?lang=${lang}`)).json<Told>();
    expect([single.sentence, single.sentenceLang]).toEqual([EN, 'en']);
    const { items: corrections } = (await api.get(`/v1/corrections?lang=${lang}`)).json<{ items: Told[] }>();
    expect([corrections[0].sentence, corrections[0].reason]).toEqual([sentence, reason]);
  },
);

it.each([
  ['zh', 'zh-Hans', ZH, '证据'],
  ['ko', 'ko', KO, '근거'],
])('shows the page of an alert in %s', async (lang, tag, sentence, evidence) => {
  const page = (await api.get(`/alerts/a_new?lang=${lang}`)).body;
  expect(page).toContain(`<html lang="${tag}">`);
  expect(page).toContain(`>${sentence}</h1>`);
  expect(page).toContain(`>${evidence}</h2>`);
  const old = (await api.get(`/alerts/a_old?lang=${lang}`)).body;
  expect(old).toContain(`<h1 class="sentence" lang="en">${EN}</h1>`);
});

it('pages on in another language, and refuses one that nobody speaks', async () => {
  const first = (await api.get('/v1/alerts?limit=1&lang=zh')).json<{ next: string }>();
  expect((await api.get(`/v1/alerts?limit=1&lang=ko&cursor=${first.next}`)).statusCode).toBe(200);
  expect((await api.get('/v1/alerts?lang=fr')).statusCode).toBe(400);
});
