import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { outfall } from '../../../contracts/layers/outfall.ts';
import { defineFeed } from '../../kit/feed.ts';
import { commonSettings } from '../../kit/settings.ts';
import { MAX_SEGMENT } from './frame.ts';
import { createHj212Reader } from './parse.ts';

/** China Standard Time. */
const UTC_OFFSET_MIN = 480;
/** City file with one row per MN: name, place, limits. */
const FILE = 'outfalls';

export default defineFeed({
  slug: 'outfall-hj212',
  title: title('污染源在线监控', 'Outfall monitoring'),
  protocol: 'HJ 212-2005 and -2017 over TCP',
  licence: 'municipal, internal use',
  cadenceS: 60,
  keepAlive: false,
  publicationDelayS: 0,
  writes: [outfall],
  settings: z.strictObject({
    ...commonSettings,
    port: z.int().min(0).max(65_535).default(7212),
    /** Loggers report each minute; hourly ones stay connected too. */
    idleS: z.number().min(10).max(86_400).default(3700),
    maxConnections: z.int().min(1).max(50_000).default(2000),
    utcOffsetMin: z.int().min(-720).max(840).default(UTC_OFFSET_MIN),
    /** Where set, uploads with another PW are rejected. */
    password: z.string().min(1).max(40).nullable().default(null),
  }),
  async connect(context) {
    const { sink, clock, settings } = context;
    const { port, idleS, maxConnections, utcOffsetMin, password } = settings;
    const maxBuffer = 2 * MAX_SEGMENT;
    await context.tcp.listen(context, { port, idleS, maxConnections, maxBuffer }, (peer) => {
      const reader = createHj212Reader({
        sink,
        station: (mn) => context.station(FILE, mn),
        utcOffsetMin,
        password,
        answer: (frame) => peer.write(frame),
        now: () => clock.now(),
      });
      return { data: (bytes) => reader.read(bytes) };
    });
  },
  readSample(bytes, { sink, receivedAt, station }) {
    const reader = createHj212Reader({
      sink,
      station: (mn) => station(FILE, mn),
      utcOffsetMin: UTC_OFFSET_MIN,
      password: null,
      answer: () => {},
      now: () => receivedAt,
    });
    const left = bytes.subarray(reader.read(bytes));
    if (left.length > 0)
      sink.reject('record/parse', `${left.length} bytes of a frame without its end`, left.slice(0, 2000));
  },
});
