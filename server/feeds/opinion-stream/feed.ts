import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import { defineFeed } from '../../kit/feed.ts';
import { followLines } from '../../kit/json-lines.ts';
import { commonSettings, credentialSettings } from '../../kit/settings.ts';
import { MAX_LINE, createPostReader, parsePosts } from './parse.ts';

/** The last line handed over: where the stream goes on after an outage of either side. */
const CURSOR = 'since';

export default defineFeed({
  slug: 'opinion-stream',
  title: title('舆情数据流', 'Public posts, stream'),
  protocol: 'JSON lines over chunked HTTP',
  licence: 'licensed provider, internal use',
  cadenceS: null,
  keepAlive: true,
  publicationDelayS: 0,
  writes: [opinionPost],
  settings: z.strictObject({
    ...commonSettings,
    ...credentialSettings,
    url: z.string().min(1).max(2000).default('opinion/stream'),
    /** The source keeps alive every 15 s: two of them and a margin. */
    silenceS: z.number().min(5).max(600).default(40),
  }),
  async connect(context) {
    const { settings, memory, clock, sink } = context;
    const address = (): string => {
      const since = memory.get(CURSOR);
      return since === null ? settings.url : `${settings.url}?since=${encodeURIComponent(since)}`;
    };
    followLines(
      context,
      { address, silenceS: settings.silenceS, maxLineBytes: MAX_LINE },
      createPostReader(
        sink,
        () => clock.now(),
        (cursor) => memory.set(CURSOR, cursor),
      ),
    );
  },
  readSample: (bytes, { sink, receivedAt }) => parsePosts(bytes, sink, receivedAt),
});
