import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { roadEvent } from '../../../contracts/layers/road-event.ts';
import { defineFeed } from '../../kit/feed.ts';
import { commonSettings, credentialSettings } from '../../kit/settings.ts';
import { followEvents } from '../../kit/sse.ts';
import { MAX_EVENT, parseRoadEvent, parseRoadEventStream } from './parse.ts';

export default defineFeed({
  slug: 'road-event',
  title: title('道路事件', 'Road events'),
  protocol: 'Server-Sent Events, Last-Event-ID',
  licence: 'municipal, internal use',
  cadenceS: null,
  keepAlive: true,
  publicationDelayS: 0,
  writes: [roadEvent],
  settings: z.strictObject({
    ...commonSettings,
    ...credentialSettings,
    url: z.string().min(1).max(2000).default('traffic/events'),
    /** The source keeps alive every 15 s: two of them and a margin. */
    silenceS: z.number().min(5).max(600).default(40),
  }),
  async connect(context) {
    const { url, silenceS } = context.settings;
    followEvents(context, { url, silenceS, maxLength: MAX_EVENT }, (event) =>
      parseRoadEvent(event, context.sink, context.clock.now()),
    );
  },
  readSample: (bytes, { sink, receivedAt }) => parseRoadEventStream(bytes, sink, receivedAt),
});
