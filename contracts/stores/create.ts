// The store of a column, by its declaration.
import type { Column, EnumColumn } from '../column.ts';
import { EnumStore, FlagsStore, NumberStore, TimeStore } from './scalar.ts';
import { PositionStore } from './position.ts';
import { CellsStore, GeometryStore } from './shape.ts';
import { StringsStore, TextStore } from './text.ts';

export type ColumnStore =
  | NumberStore
  | FlagsStore
  | TimeStore
  | EnumStore
  | PositionStore
  | TextStore
  | StringsStore
  | GeometryStore
  | CellsStore;

/** The store that holds a column of type C. */
export type StoreOf<C extends Column> = C extends { type: 'number' }
  ? NumberStore
  : C extends { type: 'flags' }
    ? FlagsStore
    : C extends { type: 'time' }
      ? TimeStore
      : C extends EnumColumn<infer K>
        ? EnumStore<K>
        : C extends { type: 'position' }
          ? PositionStore
          : C extends { type: 'text' }
            ? TextStore
            : C extends { type: 'strings' }
              ? StringsStore
              : C extends { type: 'geometry' }
                ? GeometryStore
                : CellsStore;

export function createStore(column: Column): ColumnStore {
  switch (column.type) {
    case 'number':
      return new NumberStore(column);
    case 'flags':
      return new FlagsStore(column);
    case 'time':
      return new TimeStore(column);
    case 'enum':
      return new EnumStore(column);
    case 'position':
      return new PositionStore();
    case 'text':
      return new TextStore(column);
    case 'strings':
      return new StringsStore(column);
    case 'geometry':
      return new GeometryStore(column);
    case 'cells':
      return new CellsStore(column);
    default:
      return column satisfies never;
  }
}
