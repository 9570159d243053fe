// One JSON report of one station, as weather, rain and slope stations send them: id, place, time, and values that are
// called as the columns of their layer.
import { z } from 'zod';
import type { Column, Columns } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { RawRow, Sink } from './feed.ts';
import { rawOf, readItem, readJson } from './json-body.ts';
import type { Shape } from './shape.ts';
import { compileShape } from './shape.ts';
import { parseIsoTime } from './times.ts';
import { clip, yesNo } from './values.ts';

export interface StationReport<C extends Columns> {
  readonly layer: Layer<C>;
  /** Member that holds the station's own id. */
  readonly id: string;
  /** Members and columns of one name: numbers, and for yes–no columns true and false. */
  readonly columns: readonly (keyof C & string)[];
}

const NAME_LENGTH = 60;

const head = z.object({
  name: z.string().nullish(),
  time: z.string(),
  lon: z.number(),
  lat: z.number(),
  synthetic: z.boolean().nullish(),
});
type Said = z.infer<typeof head> & Readonly<Record<string, unknown>>;

/** The reader of such reports. @throws Error at once for a column that is neither a number nor yes–no */
export function stationReader<C extends Columns>(
  report: StationReport<C>,
): (payload: Uint8Array, sink: Sink) => void {
  const { layer, id, columns } = report;
  const isNumber = columns.map((name) => isNumberColumn(layer, name));
  const members = columns.map((name, at) => [name, (isNumber[at] ? z.number() : z.boolean()).nullish()]);
  const body = head.extend({ [id]: z.string().min(1).max(80), ...Object.fromEntries(members) });
  const shape = compileShape(body) as Shape<Said>;
  return (payload, sink) => {
    const message = readJson(payload, sink);
    if (message === undefined) return;
    readItem(message, { sink, shape }, (said) => {
      const validAt = parseIsoTime(said.time);
      if (Number.isNaN(validAt)) {
        return sink.reject('record/time', `time "${said.time.slice(0, 60)}"`, rawOf(said));
      }
      const values: Record<string, unknown> = {
        position: [said.lon, said.lat],
        name: clip(said.name, NAME_LENGTH),
      };
      for (const [at, name] of columns.entries()) {
        const value = said[name] ?? null;
        values[name] = isNumber[at] ? value : yesNo(value as boolean | null);
      }
      const synthetic = said.synthetic ?? undefined;
      sink.put(layer, { id: String(said[id]), validAt, synthetic, values: values as RawRow<C>['values'] });
    });
  };
}

function isNumberColumn(layer: Layer, name: string): boolean {
  const column: Column | undefined = layer.columns[name];
  if (column?.type === 'number') return true;
  if (column?.type === 'enum' && Object.keys(column.values).sort().join() === 'no,yes') return false;
  throw new Error(`layer ${layer.slug}: column ${name} is neither a number nor yes–no: read it by itself`);
}
