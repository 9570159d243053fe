import { z } from 'zod';
import { flowStation } from '../../../contracts/layers/flow-station.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readList } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';

const item = z.object({
  id: z.string().min(1).max(80),
  name: z.string().nullish(),
  lon: z.number(),
  lat: z.number(),
  road: z.string().nullish(),
  direction: z.enum(['up', 'down', 'both']).nullish(),
  time: z.string(),
  windowS: z.number().min(1).max(86_400),
  volume: z.number().min(0).nullish(),
  heavyVolume: z.number().min(0).nullish(),
  speedKmh: z.number().nullish(),
  occupancyPct: z.number().nullish(),
  status: z.enum(['normal', 'fault', 'maintain']).nullish(),
});

const shape = compileShape(item);
const HOUR_S = 3600;

/** List of count stations (docs/upstreams.md) → `flow-station`; counts of the window become vehicles per hour. */
export function parseTrafficFlow(bytes: Uint8Array, sink: Sink): void {
  readList(bytes, { sink, shape }, (station, head) => {
    const validAt = parseIsoTime(station.time);
    if (Number.isNaN(validAt)) return sink.reject('record/time', `time "${station.time}"`, rawOf(station));
    const { volume, heavyVolume } = station;
    sink.put(flowStation, {
      id: station.id,
      validAt,
      synthetic: head.synthetic,
      quality: station.status === 'fault' ? 'bad' : station.status === 'maintain' ? 'suspect' : undefined,
      values: {
        position: [station.lon, station.lat],
        name: station.name ?? null,
        road: station.road ?? null,
        direction: station.direction ?? null,
        flowVehH: volume == null ? null : (volume * HOUR_S) / station.windowS,
        heavySharePct: volume && heavyVolume != null ? (100 * heavyVolume) / volume : null,
        speedKmh: station.speedKmh ?? null,
        occupancyPct: station.occupancyPct ?? null,
        status: station.status ?? null,
      },
    });
  });
}
