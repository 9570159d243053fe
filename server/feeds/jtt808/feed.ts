import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { vehiclePosition } from '../../../contracts/layers/vehicle-position.ts';
import { defineFeed } from '../../kit/feed.ts';
import { commonSettings } from '../../kit/settings.ts';
import { createFleet, createJtt808Reader } from './parse.ts';

export default defineFeed({
  slug: 'jtt808',
  title: title('车载终端', 'Vehicle terminals'),
  protocol: 'JT/T 808-2013 and -2019 over TCP',
  licence: 'municipal, internal use',
  cadenceS: 30,
  keepAlive: true,
  publicationDelayS: 0,
  writes: [vehiclePosition],
  settings: z.strictObject({
    ...commonSettings,
    port: z.int().min(0).max(65_535).default(7808),
    /** Terminals send a heartbeat at least every few minutes. */
    idleS: z.number().min(10).max(86_400).default(600),
    maxConnections: z.int().min(1).max(200_000).default(20_000),
  }),
  async connect(context) {
    const { sink, clock } = context;
    const { port, idleS, maxConnections } = context.settings;
    const fleet = createFleet();
    await context.tcp.listen(context, { port, idleS, maxConnections, maxBuffer: 16 * 1024 }, (peer) => {
      const reader = createJtt808Reader({
        sink,
        fleet,
        answer: (frame) => peer.write(frame),
        now: () => clock.now(),
      });
      return { data: (bytes) => reader.read(bytes) };
    });
  },
  readSample(bytes, { sink, receivedAt }) {
    const reader = createJtt808Reader({
      sink,
      fleet: createFleet(),
      answer: () => {},
      now: () => receivedAt,
    });
    const left = bytes.subarray(reader.read(bytes));
    if (left.length > 1) sink.reject('record/parse', `${left.length} bytes of a frame without its end`, left);
  },
});
