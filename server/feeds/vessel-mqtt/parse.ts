import { z } from 'zod';
import { vesselPosition } from '../../../contracts/layers/vessel-position.ts';
import type { RawRow, Sink } from '../../kit/feed.ts';
import { rawOf, readItem, readJson } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';
import { clip, compass, yesNo } from '../../kit/values.ts';

const KMH_PER_KNOT = 1.852;

const shape = compileShape(
  z.object({
    mmsi: z.string().regex(/^\d{9}$/),
    name: z.string().nullish(),
    kind: z.enum(['cargo', 'ferry', 'tour', 'patrol']).nullish(),
    time: z.string(),
    lon: z.number(),
    lat: z.number(),
    speedKn: z.number().nullish(),
    courseDeg: z.number().min(0).max(360).nullish(),
    draughtM: z.number().nullish(),
    hazardousCargo: z.boolean().nullish(),
    moored: z.boolean().nullish(),
    sos: z.boolean().nullish(),
    synthetic: z.boolean().nullish(),
  }),
);

type Columns = (typeof vesselPosition)['columns'];
/** One object for every message: the sink reads it at once. */
const place: [number, number] = [0, 0];
const values: { -readonly [K in keyof RawRow<Columns>['values']]: RawRow<Columns>['values'][K] } = {
  position: place,
};
const row: RawRow<Columns> = { id: '', validAt: 0, values };

/** One report of a vessel (docs/upstreams.md "Vessel") → `vessel-position`. */
export function parseVessel(payload: Uint8Array, sink: Sink): void {
  const message = readJson(payload, sink);
  if (message === undefined) return;
  readItem(message, { sink, shape }, (vessel) => {
    const validAt = parseIsoTime(vessel.time);
    if (Number.isNaN(validAt))
      return sink.reject('record/time', `time "${vessel.time.slice(0, 60)}"`, rawOf(vessel));
    row.id = vessel.mmsi;
    row.validAt = validAt;
    row.synthetic = vessel.synthetic ?? undefined;
    place[0] = vessel.lon;
    place[1] = vessel.lat;
    values.headingDeg = typeof vessel.courseDeg === 'number' ? compass(vessel.courseDeg) : null;
    values.speedKmh = typeof vessel.speedKn === 'number' ? vessel.speedKn * KMH_PER_KNOT : null;
    values.kind = vessel.kind ?? null;
    values.name = clip(vessel.name, 40);
    values.mmsi = vessel.mmsi;
    values.draughtM = vessel.draughtM ?? null;
    values.hazardousCargo = yesNo(vessel.hazardousCargo);
    values.state = vessel.sos ? 'sos' : vessel.moored ? 'moored' : 'under_way';
    sink.put(vesselPosition, row);
  });
}
