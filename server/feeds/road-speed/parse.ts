// Segments come once a day, speeds each minute: the reader holds the segments and joins them by id.
import { z } from 'zod';
import type { ValueOf } from '../../../contracts/column.ts';
import { roadSpeed } from '../../../contracts/layers/road-speed.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readList } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';

/** More segments than a province has: beyond this the source is wrong. */
const MOST_SEGMENTS = 100_000;

const segmentShape = compileShape(
  z.object({
    id: z.string().min(1).max(80),
    name: z.string().nullish(),
    road: z.string().nullish(),
    class: z.enum(['expressway', 'national', 'provincial', 'street']).nullish(),
    direction: z.enum(['up', 'down']).nullish(),
    lengthM: z.number().nullish(),
    freeFlowKmh: z.number().min(1),
    line: z
      .array(z.tuple([z.number(), z.number()]))
      .min(2)
      .max(20_000),
  }),
);

const speedShape = compileShape(
  z.object({
    id: z.string().min(1).max(80),
    time: z.string(),
    speedKmh: z.number().min(0).nullable(),
    samples: z.number().nullish(),
  }),
);

type Level = ValueOf<(typeof roadSpeed)['columns']['level']>;
type SegmentValues = Pick<
  { [K in keyof (typeof roadSpeed)['columns']]: ValueOf<(typeof roadSpeed)['columns'][K]> },
  'line' | 'name' | 'road' | 'class' | 'direction' | 'lengthM' | 'freeFlowKmh'
>;

/** Share of free-flow speed → level (design values). */
export function congestionLevel(speedKmh: number, freeFlowKmh: number): NonNullable<Level> {
  const share = speedKmh / freeFlowKmh;
  if (share >= 0.7) return 'free';
  if (share >= 0.5) return 'mostly_free';
  if (share >= 0.4) return 'light';
  return share >= 0.3 ? 'moderate' : 'severe';
}

export interface RoadSpeedReader {
  /** List of segments: replaces what is known. */
  segments(bytes: Uint8Array): boolean;
  /** List of speeds: one row per speed of a known segment; an unknown one is rejected. */
  speeds(bytes: Uint8Array): void;
}

export function createRoadSpeedReader(sink: Sink): RoadSpeedReader {
  const segments = new Map<string, SegmentValues>();
  /** Segments whose shape has already been put: later rows carry only what changes. */
  const introduced = new Set<string>();

  return {
    segments(bytes) {
      return readList(bytes, { sink, shape: segmentShape }, (segment) => {
        if (segments.size >= MOST_SEGMENTS) return sink.reject('record/too-large', 'segments', segment.id);
        introduced.delete(segment.id);
        segments.set(segment.id, {
          line: { type: 'LineString', coordinates: segment.line },
          name: segment.name ?? null,
          road: segment.road ?? null,
          class: segment.class ?? null,
          direction: segment.direction ?? null,
          lengthM: segment.lengthM ?? null,
          freeFlowKmh: segment.freeFlowKmh,
        });
      });
    },
    speeds(bytes) {
      readList(bytes, { sink, shape: speedShape }, (speed, head) => {
        const segment = segments.get(speed.id);
        if (!segment) return sink.reject('record/unknown-device', `segment ${speed.id}`, rawOf(speed));
        const validAt = parseIsoTime(speed.time);
        if (Number.isNaN(validAt)) return sink.reject('record/time', `time "${speed.time}"`, rawOf(speed));
        const level =
          speed.speedKmh === null || segment.freeFlowKmh === null
            ? null
            : congestionLevel(speed.speedKmh, segment.freeFlowKmh);
        const measured = { speedKmh: speed.speedKmh, samples: speed.samples ?? null, level };
        const values = introduced.has(speed.id) ? measured : { ...segment, ...measured };
        introduced.add(speed.id);
        sink.put(roadSpeed, { id: speed.id, validAt, synthetic: head.synthetic, values });
      });
    },
  };
}
