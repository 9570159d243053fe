import { z } from 'zod';
import { reservoir } from '../../../contracts/layers/reservoir.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readList } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';

const item = z.object({
  stcd: z.string().min(1).max(80),
  name: z.string().nullish(),
  lon: z.number(),
  lat: z.number(),
  time: z.string(),
  z: z.number().nullish(),
  w: z.number().nullish(),
  inflow: z.number().nullish(),
  outflow: z.number().nullish(),
  gates: z
    .array(z.object({ no: z.union([z.string(), z.number()]), openM: z.number().nullish() }))
    .max(60)
    .nullish(),
  normalM: z.number().nullish(),
  floodLimitM: z.number().nullish(),
});

const shape = compileShape(item);

/** List of reservoirs (docs/upstreams.md) → `reservoir`; levels m, storage 10⁶ m³, flows m³/s. */
export function parseReservoirs(bytes: Uint8Array, sink: Sink): void {
  readList(bytes, { sink, shape }, (dam, head) => {
    const validAt = parseIsoTime(dam.time);
    if (Number.isNaN(validAt)) return sink.reject('record/time', `time "${dam.time}"`, rawOf(dam));
    sink.put(reservoir, {
      id: dam.stcd,
      validAt,
      synthetic: head.synthetic,
      values: {
        position: [dam.lon, dam.lat],
        name: dam.name ?? null,
        levelM: dam.z ?? null,
        storage1e6M3: dam.w ?? null,
        inflowM3S: dam.inflow ?? null,
        outflowM3S: dam.outflow ?? null,
        normalM: dam.normalM ?? null,
        floodLimitM: dam.floodLimitM ?? null,
        gatesOpen: dam.gates ? dam.gates.filter((gate) => (gate.openM ?? 0) > 0).length : null,
        gates: dam.gates ? dam.gates.map((gate) => `${gate.no}: ${gate.openM ?? '?'} m`.slice(0, 30)) : null,
      },
    });
  });
}
