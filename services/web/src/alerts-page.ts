// What a browser adds to the page of alerts: the map, a brush over the histogram, and word of new alerts. The page says the same
// without it.
import { addMap } from './alerts/alerts-map.ts';
import { addBrush } from './alerts/brush.ts';
import { addNews } from './alerts/news.ts';

addMap();
addBrush();
addNews();
