// The feed of the ingest bench: JSON lines of vehicles, through the connector, sink and checks every feed goes through.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import type { FeedDefinition, RawRow, Sink } from '../../server/kit/feed.ts';
import { defineFeed } from '../../server/kit/feed.ts';
import { followLines } from '../../server/kit/json-lines.ts';
import { commonSettings } from '../../server/kit/settings.ts';

const MAX_LINE = 4096;

interface Line {
  readonly at: number;
  readonly id: string;
  readonly lon: number;
  readonly lat: number;
  readonly heading: number;
  readonly speed: number;
  readonly alt: number;
  readonly kind: 'taxi';
  readonly states: number;
}

type VehicleRow = RawRow<typeof vehiclePosition.columns>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What the line says is checked by ingest, column by column. One row is used for all: ingest keeps none. */
function createReader(sink: Sink): (text: string) => void {
  const position: [number, number] = [0, 0];
  const values: Mutable<VehicleRow['values']> = {
    position,
    headingDeg: 0,
    speedKmh: 0,
    altitudeM: 0,
    kind: 'taxi',
    states: 0,
  };
  const row: VehicleRow = { id: '', validAt: 0, values };
  return (text) => {
    let line: Line;
    try {
      line = JSON.parse(text) as Line;
    } catch (error) {
      sink.reject('record/shape', error instanceof Error ? error.message : String(error), text);
      return;
    }
    row.id = line.id;
    row.validAt = line.at;
    position[0] = line.lon;
    position[1] = line.lat;
    values.headingDeg = line.heading;
    values.speedKmh = line.speed;
    values.altitudeM = line.alt;
    values.kind = line.kind;
    values.states = line.states;
    sink.put(vehiclePosition, row);
  };
}

export function linesFeed(url: string): FeedDefinition {
  return defineFeed({
    slug: 'bench-lines',
    title: title('测试车流', 'Bench vehicles'),
    protocol: 'JSON lines over chunked HTTP',
    licence: 'generated',
    cadenceS: 1,
    keepAlive: false,
    publicationDelayS: 0,
    writes: [vehiclePosition],
    settings: z.strictObject(commonSettings),
    connect: (context) => {
      const read = createReader(context.sink);
      const options = { address: () => url, silenceS: 600, maxLineBytes: MAX_LINE };
      followLines(context, options, {
        line: read,
        tooLong: (start) => context.sink.reject('record/shape', 'too long', start),
        notText: (bytes) => context.sink.reject('record/parse', 'no UTF-8', bytes),
      });
      return Promise.resolve();
    },
    readSample: (bytes, { sink }) => createReader(sink)(Buffer.from(bytes).toString()),
  });
}
