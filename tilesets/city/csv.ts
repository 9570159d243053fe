// Comma-separated files of a city folder: a header row, then one row a line; quotes as in RFC 4180.

export interface CsvRow {
  line: number;
  cells: Record<string, string>;
}

export function parseCsv(text: string): CsvRow[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = splitRow(lines[0] ?? '');
  const rows: CsvRow[] = [];
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.trim() === '') continue;
    const values = splitRow(line);
    const cells: Record<string, string> = {};
    header.forEach((name, k) => (cells[name] = values[k] ?? ''));
    rows.push({ line: i + 1, cells });
  }
  return rows;
}

function splitRow(line: string): string[] {
  const cells: string[] = [];
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    cells.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
  }
  return cells;
}
