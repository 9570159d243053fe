// Values typed by hand, as the operator routes take them: numbers in the unit of the contract, inside their range.
import type { Column, Title } from '../../../contracts/column.ts';
import { title } from '../../../contracts/declare.ts';
import type { Layer } from '../../../contracts/layer.ts';

/** Columns people can fill in: measured numbers and closed lists. Names, shapes and places come from the source. */
export function fillable(layer: Layer | undefined): [string, Column][] {
  return Object.entries<Column>(layer?.columns ?? {}).filter(
    ([, { type, detail }]) => (type === 'number' || type === 'enum') && detail !== true,
  );
}

export type Filled =
  { readonly ok: true; readonly value: number | string } | { readonly ok: false; readonly why: Title };

export function parseFilled(column: Column, typed: string): Filled {
  const text = typed.normalize('NFKC').trim();
  if (column.type === 'enum') {
    return text in column.values
      ? { ok: true, value: text }
      : { ok: false, why: title('请选择一项', 'Choose one of the list') };
  }
  if (column.type !== 'number')
    return { ok: false, why: title('这一项不能人工填报', 'This cannot be filled in') };
  const value = Number(text.replace('−', '-'));
  if (text === '' || !Number.isFinite(value))
    return { ok: false, why: title('请填一个数', 'A number is needed') };
  if (value < column.min || value > column.max) {
    const range = `${column.min} – ${column.max}`;
    return { ok: false, why: title(`应在 ${range} 之内`, `It must lie within ${range}`) };
  }
  return { ok: true, value };
}
