// The plain CSV of the city packages: one header row, commas, no quotes, LF. Values never hold a comma or a quote.
export type Row = Record<string, string>;

export function parseCsv(text: string): Row[] {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const columns = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']));
  });
}

/** Throws when a value holds a comma, a quote or a line break: the format has no escape. */
export function toCsv(rows: readonly Record<string, string | number | null>[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) =>
    columns
      .map((column) => {
        const cell = String(row[column] ?? '');
        if (/[,"\n\r]/.test(cell))
          throw new Error(`Value "${cell}" of column ${column} needs quoting; reword it.`);
        return cell;
      })
      .join(','),
  );
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}
