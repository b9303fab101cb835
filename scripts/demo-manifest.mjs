// Writes recordings/demo.json: which bundled recordings the service reads on its first start, under which terms, and their SHA-256.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const recordings = new URL('../recordings/', import.meta.url);

const FEEDS = [
  {
    feed: 'gatehouse-2010',
    terms: 'Apache-2.0, AisLib of the Danish Maritime Authority',
    files: ['nmea/gatehouse-pghp-2010-06-11.txt.gz', 'nmea/comment-blocks-mixed.txt'],
  },
  {
    feed: 'gfw-points-2012',
    terms: 'MIT, Global Fishing Watch (pelagos-data)',
    files: ['csv/gfw-points-10k-2012.csv.gz'],
  },
  { feed: 'solent-2016', terms: 'MIT, dstl (Stone-Soup)', files: ['csv/solent-2016-01-12.csv.gz'] },
  {
    feed: 'gfw-tracks-2018',
    terms: 'Apache-2.0, Global Fishing Watch (pyseas)',
    files: ['csv/gfw-tracks-pearl-river-and-korea-japan-2018-01.csv.gz'],
  },
  { feed: 'aishub-2019', terms: 'MIT, go-ais', files: ['nmea/aishub-2019-02-16-epoch-ns-prefix.nmea'] },
  {
    feed: 'kystverket-2019',
    terms: 'NLOD 2.0, Norwegian Coastal Administration',
    files: ['nmea/kystverket-2019-08-07.nm4'],
  },
  {
    feed: 'global-2022',
    terms: 'Apache-2.0, Global Fishing Watch (ais-listener)',
    files: ['nmea/global-tagblock-2022-11-10-part1.nmea.gz'],
  },
  {
    feed: 'marinecadastre-2023',
    terms: 'CC0 1.0, NOAA MarineCadastre',
    files: ['csv/marinecadastre-legacy-2023-01-11.csv'],
  },
  { feed: 'dma-2023', terms: 'Danish Maritime Authority, open data', files: ['csv/dma-head-2023-02-15.csv'] },
  {
    feed: 'synthetic',
    synthetic: true,
    terms: 'made-up ships, made for this project',
    files: [
      'dark-near-dalian',
      'dark-near-dalian-region-out',
      'hover-encounter-return',
      'irregular-grouping-longkou',
      'ordinary-queue',
    ].map((name) => `synthetic/${name}.csv.gz`),
  },
];

const manifest = FEEDS.map(({ feed, synthetic = false, terms, files }) => ({
  feed,
  synthetic,
  terms,
  files: files.map((path) => ({
    path,
    sha256: createHash('sha256')
      .update(readFileSync(new URL(path, recordings)))
      .digest('hex'),
  })),
}));
writeFileSync(new URL('demo.json', recordings), `${JSON.stringify(manifest, null, 2)}\n`);
