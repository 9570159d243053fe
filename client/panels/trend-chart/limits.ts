// Which columns of a row are the limits of another of its columns.
import type { ChartLimit } from '../../charts/model.ts';
import type { Row } from '../../../contracts/layer.ts';
import type { Title } from '../../../contracts/column.ts';
import { title } from '../../../contracts/declare.ts';

interface LimitColumn {
  readonly column: string;
  readonly word: Title;
  readonly severity: ChartLimit['severity'];
}

const LIMITS: Readonly<Record<string, Readonly<Record<string, readonly LimitColumn[]>>>> = {
  'river-gauge': {
    levelM: [
      { column: 'warningM', word: title('警戒', 'Warning'), severity: 'orange' },
      { column: 'guaranteeM', word: title('保证', 'Guarantee'), severity: 'red' },
    ],
  },
  reservoir: {
    levelM: [
      { column: 'floodLimitM', word: title('汛限', 'Flood limit'), severity: 'yellow' },
      { column: 'normalM', word: title('正常', 'Normal'), severity: null },
    ],
  },
};

/** The limits of a column that the row itself brings. `show` writes a value in the column's own decimals. */
export function limitsOf(
  layer: string,
  column: string,
  { row, say, show }: { row: Row; say: (title: Title) => string; show: (value: number) => string },
): ChartLimit[] {
  return (LIMITS[layer]?.[column] ?? []).flatMap(({ column: name, word, severity }) => {
    const value = row.values[name];
    return typeof value === 'number'
      ? [{ value, word: `${say(word)} ${show(value)}`, severity, side: 'above' as const }]
      : [];
  });
}
