import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { ticket } from '../../../contracts/layers/ticket.ts';
import { defineFeed } from '../../kit/feed.ts';
import { pollEvery } from '../../kit/http-poll.ts';
import { createHttpReader } from '../../kit/http-reader.ts';
import { pollSettings } from '../../kit/settings.ts';
import type { TicketCursor } from './parse.ts';
import { parseTickets } from './parse.ts';

/** Pages read in one cycle at most; a longer backlog goes on in the next cycle. */
const MOST_PAGES = 50;

export default defineFeed({
  slug: 'ticket-12345',
  title: title('12345 工单', '12345 tickets'),
  protocol: 'paged changes-since JSON over HTTP',
  licence: 'municipal, internal use',
  cadenceS: null,
  keepAlive: true,
  publicationDelayS: 0,
  writes: [ticket],
  settings: z.strictObject({
    ...pollSettings('12345/changes', 30),
    pageSize: z.int().min(1).max(1000).default(200),
    /** How far back a first start reads. */
    firstDays: z.number().min(0).max(30).default(7),
  }),
  async connect(context) {
    const { url, periodS, pageSize, firstDays } = context.settings;
    const http = createHttpReader(context);
    let cursor = readCursor(context.memory.get('cursor')) ?? {
      since: new Date(context.clock.now() - firstDays * 86_400_000).toISOString(),
      after: '',
    };
    pollEvery(context, periodS, async () => {
      for (let page = 0; page < MOST_PAGES; page++) {
        const query = new URLSearchParams({
          since: cursor.since,
          after: cursor.after,
          limit: String(pageSize),
        });
        const answer = await http.get(`${url}?${query}`);
        if (!answer) return;
        const read = parseTickets(answer.bytes, context.sink);
        if (read.cursor) {
          cursor = read.cursor;
          context.memory.set('cursor', JSON.stringify(cursor));
        }
        if (!read.more || !read.cursor) return;
      }
    });
  },
  readSample: (bytes, { sink }) => {
    parseTickets(bytes, sink);
  },
});

const cursorSchema = z.strictObject({ since: z.string(), after: z.string() });

function readCursor(text: string | null): TicketCursor | null {
  if (text === null) return null;
  try {
    return cursorSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
