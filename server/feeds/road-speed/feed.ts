import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { roadSpeed } from '../../../contracts/layers/road-speed.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollEvery } from '../../kit/http-poll.ts';
import { createHttpReader } from '../../kit/http-reader.ts';
import { pollSettings } from '../../kit/settings.ts';
import { createRoadSpeedReader } from './parse.ts';

const DAY_MS = 86_400_000;

export default defineFeed({
  slug: 'road-speed',
  title: title('路段车速', 'Road speeds'),
  protocol: 'JSON over HTTP, ETag',
  licence: 'municipal, internal use',
  cadenceS: 60,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [roadSpeed],
  settings: z.strictObject({
    ...pollSettings('traffic/segment-speeds', 60),
    segmentsUrl: z.string().min(1).max(2000).default('traffic/segments'),
  }),
  async connect(context) {
    const { url, segmentsUrl, periodS } = context.settings;
    const http = createHttpReader(context);
    const reader = createRoadSpeedReader(context.sink);
    let segmentsAt = -DAY_MS;
    pollEvery(context, periodS, async () => {
      if (context.clock.now() - segmentsAt >= DAY_MS) {
        const segments = await http.get(segmentsUrl);
        // A damaged list is asked for again with the next poll.
        if (!segments || reader.segments(segments.bytes)) segmentsAt = context.clock.now();
      }
      const speeds = await http.get(url);
      if (speeds) reader.speeds(speeds.bytes);
    });
  },
  /** A sample is the list of segments on one line and the list of speeds after it. */
  readSample(bytes, { sink }) {
    const reader = createRoadSpeedReader(sink);
    const split = bytes.indexOf(0x0a);
    reader.segments(split < 0 ? bytes : bytes.subarray(0, split));
    if (split >= 0) reader.speeds(bytes.subarray(split + 1));
  },
});
