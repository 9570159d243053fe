import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { warning } from '../../../contracts/layers/warning.ts';
import { readEntries } from '../../kit/atom.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollEvery } from '../../kit/http-poll.ts';
import { createHttpReader } from '../../kit/http-reader.ts';
import { pollSettings } from '../../kit/settings.ts';
import { whenUnreadable } from '../../kit/unreadable.ts';
import { createWarningReader } from './parse.ts';

/** Documents of one index read in one cycle at most; the rest in the next. */
const MOST_DOCUMENTS = 200;

export default defineFeed({
  slug: 'warning-cap',
  title: title('突发事件预警', 'Emergency warnings'),
  protocol: 'CAP 1.2 in an Atom index',
  licence: 'public warnings',
  cadenceS: null,
  keepAlive: true,
  publicationDelayS: 0,
  writes: [warning],
  settings: z.strictObject(pollSettings('warnings/index.atom', 30)),
  async connect(context) {
    const { url, periodS } = context.settings;
    const http = createHttpReader(context, { maxBytes: 4 * 1024 * 1024 });
    const reader = createWarningReader(context.sink);
    const seen = new Map<string, string>();
    pollEvery(context, periodS, async () => {
      reader.expire(context.clock.now());
      const index = await http.get(url);
      if (!index) return;
      const entries = readEntries(index.bytes, context.sink)
        .filter((entry) => seen.get(entry.id) !== entry.version && entry.link !== null)
        .sort((a, b) => a.updatedAt - b.updatedAt);
      for (const entry of entries.slice(0, MOST_DOCUMENTS)) {
        const address = new URL(entry.link ?? '', index.url).href;
        const document = await http.get(address);
        let damaged = false;
        if (document) {
          whenUnreadable(document.bytes, () => (damaged = true));
          reader.read(document.bytes, context.clock.now());
        }
        if (!damaged) seen.set(entry.id, entry.version);
        // A damaged document is asked for again with the next index.
        else for (const forgotten of [address, url]) http.forget(forgotten);
      }
      if (entries.length > MOST_DOCUMENTS) http.forget(url);
    });
  },
  readSample(bytes, { sink, receivedAt }) {
    createWarningReader(sink).read(bytes, receivedAt);
  },
});
