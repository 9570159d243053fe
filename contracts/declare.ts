// Short forms for column declarations, so that a layer reads as a table of its columns.
import type {
  CellsColumn,
  EnumColumn,
  FlagsColumn,
  Geometry,
  GeometryColumn,
  NumberColumn,
  PositionColumn,
  StringsColumn,
  TextColumn,
  TimeColumn,
  Title,
} from './column.ts';
import type { Unit } from './units.ts';

type Extra<C> = Partial<Omit<C, 'type' | 'title' | 'unit' | 'step' | 'min' | 'max' | 'values' | 'bits'>>;

export const title = (zh: string, en: string): Title => ({ zh, en });

/** Unit, quantum, lowest and highest possible value, the last three in the unit. */
type Scale = readonly [unit: Unit, step: number, min: number, max: number];

export function number(of: Title, scale: Scale, extra: Extra<NumberColumn> = {}): NumberColumn {
  const [unit, step, min, max] = scale;
  return { type: 'number', title: of, unit, step, min, max, ...extra };
}

/** `scale` holds for every cell. */
export function cells(of: Title, scale: Scale, extra: Extra<CellsColumn> = {}): CellsColumn {
  const [unit, step, min, max] = scale;
  return { type: 'cells', title: of, unit, step, min, max, ...extra };
}

export function position(
  of: Title = title('位置', 'Position'),
  extra: Extra<PositionColumn> = {},
): PositionColumn {
  return { type: 'position', title: of, ...extra };
}

export function geometry(
  of: Title,
  shapes: readonly Geometry['type'][],
  extra: Omit<Extra<GeometryColumn>, 'shapes'> = {},
): GeometryColumn {
  return { type: 'geometry', title: of, shapes, ...extra };
}

export function oneOf<const K extends string>(
  of: Title,
  values: Readonly<Record<K, Title>>,
  extra: Extra<EnumColumn> = {},
): EnumColumn<K> {
  return { type: 'enum', title: of, values, ...extra };
}

export function bits(
  of: Title,
  named: Readonly<Record<string, Title>>,
  extra: Extra<FlagsColumn> = {},
): FlagsColumn {
  return { type: 'flags', title: of, bits: named, ...extra };
}

export function text(of: Title, max: number, extra: Omit<Extra<TextColumn>, 'max'> = {}): TextColumn {
  return { type: 'text', title: of, max: max, ...extra };
}

export function strings(
  of: Title,
  size: readonly [maxItems: number, maxLength: number],
  extra: Omit<Extra<StringsColumn>, 'max' | 'maxItems'> = {},
): StringsColumn {
  return { type: 'strings', title: of, maxItems: size[0], max: size[1], ...extra };
}

export function time(of: Title, stepMs = 1000, extra: Omit<Extra<TimeColumn>, 'stepMs'> = {}): TimeColumn {
  return { type: 'time', title: of, stepMs, ...extra };
}

/** 红橙黄蓝, the statutory severity of warnings and alarms. */
export const severity = {
  red: title('红', 'Red'),
  orange: title('橙', 'Orange'),
  yellow: title('黄', 'Yellow'),
  blue: title('蓝', 'Blue'),
} as const;
