import { z } from 'zod';
import { waterSection } from '../../../contracts/layers/water-section.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readList } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';
import { waterGrade } from './grade.ts';

const TARGETS = { Ⅰ: 'I', Ⅱ: 'II', Ⅲ: 'III', Ⅳ: 'IV', Ⅴ: 'V' } as const;

const item = z.object({
  id: z.string().min(1).max(80),
  name: z.string().nullish(),
  river: z.string().nullish(),
  lon: z.number(),
  lat: z.number(),
  target: z.enum(['Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ', 'Ⅴ']).nullish(),
  time: z.string(),
  values: z.record(z.string(), z.number().nullable()),
  flags: z.record(z.string(), z.string()).nullish(),
});

const shape = compileShape(item);

/** The code of the factor list → what it is here. Codes not in this table are ignored by name. */
const FACTORS = {
  w01001: 'ph',
  w01009: 'oxygenMgL',
  w01019: 'permanganateMgL',
  w21003: 'ammoniaMgL',
  w21011: 'phosphorusMgL',
  w01003: 'turbidityNtu',
  w01010: 'waterTempC',
  w20127: 'thalliumMgL',
  w20122b: 'antimonyMgL',
} as const;
type Factor = (typeof FACTORS)[keyof typeof FACTORS];

const isFactor = (code: string): code is keyof typeof FACTORS => Object.hasOwn(FACTORS, code);

/** List of water-quality stations (docs/upstreams.md) → `water-section`, with its class by GB 3838-2002. */
export function parseWaterSections(bytes: Uint8Array, sink: Sink): void {
  readList(bytes, { sink, shape }, (section, head) => {
    const validAt = parseIsoTime(section.time);
    if (Number.isNaN(validAt)) return sink.reject('record/time', `time "${section.time}"`, rawOf(section));
    const flags = section.flags ?? {};
    const measured: Partial<Record<Factor, number>> = {};
    let flagged = false;
    for (const [code, value] of Object.entries(section.values)) {
      if (!isFactor(code)) sink.ignore(`factor ${code.slice(0, 40)}`);
      else if (value !== null) {
        measured[FACTORS[code]] = value;
        if ((flags[code] ?? 'N') !== 'N') flagged = true;
      }
    }
    const value = (factor: Factor): number | null => measured[factor] ?? null;
    sink.put(waterSection, {
      id: section.id,
      validAt,
      synthetic: head.synthetic,
      quality: flagged ? 'suspect' : undefined,
      values: {
        position: [section.lon, section.lat],
        name: section.name ?? null,
        river: section.river ?? null,
        target: section.target == null ? null : TARGETS[section.target],
        grade: waterGrade(measured),
        ph: value('ph'),
        oxygenMgL: value('oxygenMgL'),
        permanganateMgL: value('permanganateMgL'),
        ammoniaMgL: value('ammoniaMgL'),
        phosphorusMgL: value('phosphorusMgL'),
        turbidityNtu: value('turbidityNtu'),
        waterTempC: value('waterTempC'),
        thalliumMgL: value('thalliumMgL'),
        antimonyMgL: value('antimonyMgL'),
      },
    });
  });
}
