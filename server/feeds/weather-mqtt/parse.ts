import { z } from 'zod';
import { weatherStation } from '../../../contracts/layers/weather-station.ts';
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
    elevationM: z.number().nullish(),
    tempC: z.number().nullish(),
    humidityPct: z.number().nullish(),
    windMs: z.number().nullish(),
    windDirDeg: z.number().nullish(),
    gustMs: z.number().nullish(),
    pressureHPa: z.number().nullish(),
    visibilityM: z.number().nullish(),
    rain1hMm: z.number().nullish(),
    synthetic: z.boolean().nullish(),
  }),
);

/** One report of an automatic weather station (docs/upstreams.md "aws") → `weather-station`. */
export function parseWeather(payload: Uint8Array, sink: Sink): void {
  const message = readJson(payload, sink);
  if (message === undefined) return;
  readItem(message, { sink, shape }, (station) => {
    const validAt = parseIsoTime(station.time);
    if (Number.isNaN(validAt))
      return sink.reject('record/time', `time "${station.time.slice(0, 60)}"`, rawOf(station));
    sink.put(weatherStation, {
      id: station.stationId,
      validAt,
      synthetic: station.synthetic ?? undefined,
      values: {
        position: [station.lon, station.lat],
        name: clip(station.name, 60),
        elevationM: station.elevationM ?? null,
        tempC: station.tempC ?? null,
        humidityPct: station.humidityPct ?? null,
        windMs: station.windMs ?? null,
        windDirDeg: station.windDirDeg ?? null,
        gustMs: station.gustMs ?? null,
        pressureHPa: station.pressureHPa ?? null,
        visibilityM: station.visibilityM ?? null,
        rain1hMm: station.rain1hMm ?? null,
      },
    });
  });
}
