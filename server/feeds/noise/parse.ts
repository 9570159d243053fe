import { z } from 'zod';
import { noiseStation } from '../../../contracts/layers/noise-station.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readList } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';

const level = z.number().nullish();

const item = z.object({
  id: z.string().min(1).max(80),
  name: z.string().nullish(),
  zone: z.enum(['0', '1', '2', '3', '4a', '4b']).nullish(),
  lon: z.number(),
  lat: z.number(),
  time: z.string(),
  leqDbA: level,
  l10DbA: level,
  l90DbA: level,
});

const shape = compileShape(item);

/** List of noise stations with their last minute (docs/upstreams.md) → `noise-station`. */
export function parseNoise(bytes: Uint8Array, sink: Sink): void {
  readList(bytes, { sink, shape }, (station, head) => {
    const validAt = parseIsoTime(station.time);
    if (Number.isNaN(validAt)) return sink.reject('record/time', `time "${station.time}"`, rawOf(station));
    sink.put(noiseStation, {
      id: station.id,
      validAt,
      synthetic: head.synthetic,
      values: {
        position: [station.lon, station.lat],
        name: station.name ?? null,
        zone: station.zone ?? null,
        leqDbA: station.leqDbA ?? null,
        l10DbA: station.l10DbA ?? null,
        l90DbA: station.l90DbA ?? null,
      },
    });
  });
}
