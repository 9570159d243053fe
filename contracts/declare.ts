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

/** `scale`: [quantum, lowest, highest] in `unit`. */
export function number(
  of: Title,
  unit: Unit,
  scale: readonly [step: number, min: number, max: number],
  extra: Extra<NumberColumn> = {},
): NumberColumn {
  return { type: 'number', title: of, unit, step: scale[0], min: scale[1], max: scale[2], ...extra };
}

/** `scale`: [quantum, lowest, highest] in `unit`, for every cell. */
export function cells(
  of: Title,
  unit: Unit,
  scale: readonly [step: number, min: number, max: number],
  extra: Extra<CellsColumn> = {},
): CellsColumn {
  return { type: 'cells', title: of, unit, step: scale[0], min: scale[1], max: scale[2], ...extra };
}

export function position(of: Title = title('位置', 'Position'), extra: Extra<PositionColumn> = {}): PositionColumn {
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

export function bits(of: Title, named: Readonly<Record<string, Title>>, extra: Extra<FlagsColumn> = {}): FlagsColumn {
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
