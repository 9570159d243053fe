// Factors of HJ 212 → columns of `outfall`, compared with the limits of the city package.
import type { outfall } from '../../../contracts/layers/outfall.ts';
import type { Quality } from '../../../contracts/layer.ts';
import type { Sink } from '../../kit/feed.ts';

type Column =
  'codMgL' | 'ammoniaMgL' | 'phosphorusMgL' | 'ph' | 'flowLS' | 'so2Mgm3' | 'noxMgm3' | 'dustMgm3';
type Flag = keyof (typeof outfall)['columns']['flag']['values'];

/** Codes of 2017 (HJ 524, HJ 525) and of 2005, in lower case. Units are the columns'. */
const COLUMN_OF: Readonly<Record<string, Column>> = {
  w01018: 'codMgL',
  '011': 'codMgL',
  w21003: 'ammoniaMgL',
  '060': 'ammoniaMgL',
  w21011: 'phosphorusMgL',
  '101': 'phosphorusMgL',
  w01001: 'ph',
  '001': 'ph',
  w00000: 'flowLS',
  b01: 'flowLS',
  a21026: 'so2Mgm3',
  '02': 'so2Mgm3',
  a21002: 'noxMgm3',
  '03': 'noxMgm3',
  a34013: 'dustMgm3',
  '01': 'dustMgm3',
};

/** Field of `stations/outfalls.csv` with the highest allowed value. */
const LIMIT_OF: Partial<Record<Column, string>> = {
  codMgL: 'limitCodMgL',
  ammoniaMgL: 'limitNh3nMgL',
  phosphorusMgL: 'limitTpMgL',
  ph: 'limitPhMax',
  so2Mgm3: 'limitSo2MgM3',
  noxMgm3: 'limitNoxMgM3',
  dustMgm3: 'limitPmMgM3',
};
const LOW_LIMIT_OF: Partial<Record<Column, string>> = { ph: 'limitPhMin' };

/** Flags of 2017 and 2005 (P power failure; gas of 2005: 0 calibration, 2 abnormal, 3 normal) → the layer's. */
const FLAG_OF: Readonly<Record<string, Flag>> = {
  N: 'N',
  F: 'F',
  M: 'M',
  S: 'S',
  D: 'D',
  C: 'C',
  T: 'T',
  B: 'B',
  P: 'D',
  0: 'C',
  2: 'D',
  3: 'N',
};

/** The first of these that any factor carries is the row's. */
const WORST_FIRST: readonly Flag[] = ['D', 'B', 'F', 'M', 'C', 'T', 'S', 'N'];
const QUALITY_OF: Readonly<Record<Flag, Quality>> = {
  N: 'good',
  S: 'manual',
  T: 'suspect',
  C: 'bad',
  M: 'bad',
  F: 'bad',
  B: 'bad',
  D: 'bad',
};

export interface FactorReading {
  /** Factors of the layer in this upload. */
  readonly read: number;
  readonly values: Partial<Record<Column, number>>;
  readonly flag: Flag;
  readonly quality: Quality;
  /** null: no value that counts, or no limit known. */
  readonly exceed: 'yes' | 'no' | null;
}

export interface FactorContext {
  readonly sink: Sink;
  readonly field: 'Rtd' | 'Avg';
  readonly station: Readonly<Record<string, string>>;
  readonly raw: Uint8Array;
}

export function readFactors(
  factors: ReadonlyMap<string, ReadonlyMap<string, string>>,
  context: FactorContext,
): FactorReading {
  const values: Partial<Record<Column, number>> = {};
  const flags = new Set<Flag>();
  let exceed: 'yes' | 'no' | null = null;
  for (const [code, fields] of factors) {
    const column = Object.hasOwn(COLUMN_OF, code) ? COLUMN_OF[code] : undefined;
    if (!column) {
      context.sink.ignore(
        /^[a-z]?\d{2,5}[a-z]?$/.test(code) ? `factor ${code}` : 'factor of an unknown form',
      );
      continue;
    }
    const flag = flagOf(code, fields, context);
    const value = valueOf(code, fields, context);
    if (flag === null || value === null) continue;
    values[column] = value;
    flags.add(flag);
    if (flag !== 'N') continue;
    const over = exceeds(column, convertedValue(fields, context) ?? value, context.station);
    if (over !== null) exceed = over || exceed === 'yes' ? 'yes' : 'no';
  }
  const worst = WORST_FIRST.find((flag) => flags.has(flag)) ?? 'N';
  return {
    read: flags.size === 0 ? 0 : Object.keys(values).length,
    values,
    flag: worst,
    quality: QUALITY_OF[worst],
    exceed,
  };
}

function flagOf(
  code: string,
  fields: ReadonlyMap<string, string>,
  { sink, raw }: FactorContext,
): Flag | null {
  const text = (fields.get('Flag') ?? 'N').toUpperCase();
  const flag = Object.hasOwn(FLAG_OF, text) ? FLAG_OF[text] : undefined;
  if (flag) return flag;
  sink.reject('record/enum', `${code}-Flag=${text.slice(0, 20)}`, raw.slice());
  return null;
}

function valueOf(
  code: string,
  fields: ReadonlyMap<string, string>,
  { sink, field, raw }: FactorContext,
): number | null {
  const text = fields.get(field);
  if (text === undefined) {
    sink.ignore(`factor without ${field}`);
    return null;
  }
  const value = numberOf(text);
  if (value !== null) return value;
  sink.reject('record/shape', `${code}-${field}=${text.slice(0, 40)}`, raw.slice());
  return null;
}

/** Waste gas is judged by the value converted to reference oxygen, where the logger sends it. */
function convertedValue(fields: ReadonlyMap<string, string>, { field }: FactorContext): number | null {
  return numberOf(fields.get(field === 'Rtd' ? 'ZsRtd' : 'ZsAvg') ?? '');
}

function numberOf(text: string): number | null {
  return /^[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})(e[+-]?\d{1,2})?$/i.test(text) ? Number(text) : null;
}

function exceeds(column: Column, value: number, station: Readonly<Record<string, string>>): boolean | null {
  const high = numberOf(station[LIMIT_OF[column] ?? ''] ?? '');
  const low = numberOf(station[LOW_LIMIT_OF[column] ?? ''] ?? '');
  if (high === null && low === null) return null;
  return (high !== null && value > high) || (low !== null && value < low);
}
