import { z } from 'zod';
import { rainGauge } from '../../../contracts/layers/rain-gauge.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readItem, readJson } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';
import { clip } from '../../kit/values.ts';

const shape = compileShape(
  z.object({
    stationId: z.string().min(1).max(80),
    name: z.string().nullish(),
    time: z.string(),
    lon: z.number(),
    lat: z.number(),
    tipsMm: z.number().nullish(),
    rain1hMm: z.number().nullish(),
    rain3hMm: z.number().nullish(),
    rain24hMm: z.number().nullish(),
    batteryV: z.number().nullish(),
    synthetic: z.boolean().nullish(),
  }),
);

/** One report of a rain gauge (docs/upstreams.md "rain") → `rain-gauge`. */
export function parseRain(payload: Uint8Array, sink: Sink): void {
  const message = readJson(payload, sink);
  if (message === undefined) return;
  readItem(message, { sink, shape }, (station) => {
    const validAt = parseIsoTime(station.time);
    if (Number.isNaN(validAt))
      return sink.reject('record/time', `time "${station.time.slice(0, 60)}"`, rawOf(station));
    sink.put(rainGauge, {
      id: station.stationId,
      validAt,
      synthetic: station.synthetic ?? undefined,
      values: {
        position: [station.lon, station.lat],
        name: clip(station.name, 60),
        tipsMm: station.tipsMm ?? null,
        rain1hMm: station.rain1hMm ?? null,
        rain3hMm: station.rain3hMm ?? null,
        rain24hMm: station.rain24hMm ?? null,
        batteryV: station.batteryV ?? null,
      },
    });
  });
}
