import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { airStation } from '../../../contracts/layers/air-station.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollEvery } from '../../kit/http-poll.ts';
import { createHttpReader } from '../../kit/http-reader.ts';
import { pollSettings } from '../../kit/settings.ts';
import { DATASTREAM_QUERY, parseDatastreams } from './parse.ts';

/** Pages followed in one cycle at most. */
const MOST_PAGES = 100;

export default defineFeed({
  slug: 'air-sensorthings',
  title: title('空气质量自动监测', 'Air-quality monitoring'),
  protocol: 'OGC SensorThings 1.1',
  licence: 'municipal, internal use',
  cadenceS: 3600,
  keepAlive: false,
  publicationDelayS: 600,
  writes: [airStation],
  settings: z.strictObject(pollSettings('sta/v1.1', 300)),
  async connect(context) {
    const { url, periodS } = context.settings;
    const http = createHttpReader(context);
    pollEvery(context, periodS, async () => {
      let next: string | null = `${url.replace(/\/$/, '')}/Datastreams?${DATASTREAM_QUERY}`;
      for (let page = 0; next !== null && page < MOST_PAGES; page++) {
        const answer = await http.get(next);
        if (!answer) return;
        const link = parseDatastreams(answer.bytes, context.sink);
        next = link === null ? null : new URL(link, answer.url).href;
      }
    });
  },
  readSample: (bytes, { sink }) => {
    parseDatastreams(bytes, sink);
  },
});
