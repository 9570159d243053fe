// A table as one stream of the past, for somebody who may see the rows of some areas only: those of elsewhere lie in a cell
// of their own that nobody is told of, so that a row that comes into the areas begins there, and one that leaves ends.
import type { Label } from '../../contracts/column.ts';
import type { CellFrame } from '../../contracts/frame.ts';
import { StreamEncoder } from '../../contracts/frame.ts';
import type { Reach } from '../../contracts/records/reach.ts';
import { isWithin } from '../../contracts/records/reach.ts';
import type { LayerTable } from '../../contracts/table.ts';

const HERE = 0;
const ELSEWHERE = 1;

export interface Within {
  /** World id. */
  readonly world: string;
  readonly label: Label;
  /** null: everything is here. */
  readonly reach: Reach | null;
}

/** Its cell 0 is what may be told. */
export function encoderWithin(table: LayerTable, { world, label, reach }: Within): StreamEncoder {
  const stream = { world, label, rateS: 1 };
  if (reach === null) return new StreamEncoder(table, { ...stream, cells: [''], cellOf: () => HERE });
  // One look-up a row: codes are looked at once for each word of the table's dictionary.
  const { region } = table.stores;
  const cellOfWord: number[] = [];
  const cellOf = (slot: number): number => {
    const word = region.data[slot] as number;
    return (cellOfWord[word] ??= isWithin(reach, region.get(slot)) ? HERE : ELSEWHERE);
  };
  return new StreamEncoder(table, { ...stream, cells: ['', 'elsewhere'], cellOf });
}

/** What may be told of what an encoder says; null: nothing changed here. */
export function deltaWithin(frames: readonly CellFrame[]): Uint8Array | null {
  return frames.find(({ cell }) => cell === HERE)?.bytes ?? null;
}
