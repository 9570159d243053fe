import { z } from 'zod';
import { title } from '../../../contracts/declare.ts';
import { busPosition } from '../../../contracts/layers/bus-position.ts';
import { transitAlert } from '../../../contracts/layers/transit-alert.ts';
import { defineFeed } from '../../kit/feed.ts';
import { createHttpReader } from '../../kit/http-reader.ts';
import { pollEvery } from '../../kit/http-poll.ts';
import { commonSettings, credentialSettings } from '../../kit/settings.ts';
import { noDelays, readDelays } from './delays.ts';
import { decodeMessage } from './message.ts';
import { parseTransitSample, putAlerts, putVehicles } from './parse.ts';
import { emptySchedule, parseSchedule } from './schedule.ts';

const address = (path: string) => z.string().min(1).max(2000).default(path);

export default defineFeed({
  slug: 'gtfs-realtime',
  title: title('公交实时', 'Public transport'),
  protocol: 'GTFS-Realtime 2.0 protobuf, static GTFS zip',
  licence: 'transport operator, open data',
  cadenceS: 15,
  keepAlive: false,
  publicationDelayS: 15,
  writes: [busPosition, transitAlert],
  settings: z.strictObject({
    ...commonSettings,
    ...credentialSettings,
    staticUrl: address('gtfs/gtfs.zip'),
    vehiclesUrl: address('gtfs-rt/vehicle-positions.pb'),
    tripUpdatesUrl: address('gtfs-rt/trip-updates.pb'),
    alertsUrl: address('gtfs-rt/alerts.pb'),
    periodS: z.number().min(1).max(3600).default(15),
    /** How often the static zip is asked for; it is read only when it changed. */
    staticPeriodS: z.number().min(10).max(86_400).default(600),
  }),
  async connect(context) {
    const { settings, sink, clock } = context;
    const reader = createHttpReader(context, { maxBytes: 64 * 1024 * 1024 });
    let schedule = emptySchedule;
    let scheduleAskedAt = -Infinity;
    let delays = noDelays;

    const refreshSchedule = async (): Promise<void> => {
      if (clock.elapsed() - scheduleAskedAt < settings.staticPeriodS * 1000) return;
      const answer = await reader.get(settings.staticUrl);
      const read = answer && parseSchedule(answer.bytes, sink);
      if (read) schedule = read;
      // A damaged zip is asked for again with the next poll.
      if (read || !answer) scheduleAskedAt = clock.elapsed();
    };
    const read = async (url: string) => {
      const answer = await reader.get(url);
      const message = answer && decodeMessage(answer.bytes, sink);
      if (message && !message.full) sink.ignore('DIFFERENTIAL message: only what it lists is read');
      return message;
    };
    pollEvery(context, settings.periodS, async () => {
      await refreshSchedule();
      const updates = await read(settings.tripUpdatesUrl);
      if (updates) delays = readDelays(updates, sink);
      const vehicles = await read(settings.vehiclesUrl);
      if (vehicles) {
        const ids = putVehicles(vehicles, { sink, schedule, delays, receivedAt: clock.now() });
        for (const id of vehicles.deleted) sink.remove(busPosition, id, 'gone', clock.now());
        // An answer with no vehicle at all is a hiccup of the source more often than an empty city: rows expire anyway.
        if (vehicles.full && ids.size > 0) context.complete({ layer: busPosition, ids });
      }
      const alerts = await read(settings.alertsUrl);
      if (!alerts) return;
      const ids = putAlerts(alerts, { sink, schedule, delays, receivedAt: clock.now() });
      if (alerts.full) context.complete({ layer: transitAlert, ids });
    });
  },
  readSample: (bytes, { sink, receivedAt }) => parseTransitSample(bytes, { sink, receivedAt }),
});
