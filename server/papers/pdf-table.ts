// A table on the sheets of a PDF: heads again on every page, a row stays whole unless it fills half a page.
import type { Line } from './lines.ts';
import { size, TIGHT } from './manner.ts';
import type { Block, TableRow } from './paper.ts';
import type { PdfSheet, TypeFace } from './pdf-sheet.ts';

const PAD = 3;
const RULE = 0.5;
const plain: TypeFace = { size: size.table, weight: 400, line: size.table * TIGHT };
const bold: TypeFace = { ...plain, weight: 700 };

type Table = Extract<Block, { kind: 'table' }>;

interface Column {
  readonly x: number;
  readonly width: number;
}

export function setTable(sheet: PdfSheet, { heads, shares, rows }: Table): void {
  const all = shares.reduce((sum, share) => sum + share, 0);
  let x = sheet.left;
  const columns = shares.map((share): Column => {
    const column = { x, width: (share / all) * sheet.width };
    x += column.width;
    return column;
  });
  const head: Rows = { columns, face: bold, cells: heads.map((text) => [text]) };
  sheet.ensure(plain.line * 3 + PAD * 4);
  setRow(sheet, head, null);
  for (const row of rows) setRow(sheet, { ...row, columns, face: plain }, head);
  sheet.y += plain.line / 2;
}

interface Rows extends TableRow {
  readonly columns: readonly Column[];
  readonly face: TypeFace;
}

/** `head`: what is said again on a new page. */
function setRow(sheet: PdfSheet, { columns, face, cells, anchor }: Rows, head: Rows | null): void {
  const lines = columns.map(({ width }, at) =>
    sheet.linesOf(cells[at] ?? [], face, { width: width - 2 * PAD }),
  );
  const high = (count: number): number => count * face.line + 2 * PAD;
  const most = Math.max(...lines.map(({ length }) => length));
  const turn = (): void => {
    sheet.newPage();
    if (head) setRow(sheet, head, null);
  };
  const half = (sheet.bottom - sheet.top) / 2;
  if (sheet.y + high(most) > sheet.bottom && high(most) <= half) turn();
  if (anchor !== undefined) sheet.name(anchor);
  for (let from = 0; from < most;) {
    const fits = Math.floor((sheet.bottom - sheet.y - 2 * PAD) / face.line);
    if (fits < 1) {
      turn();
      continue;
    }
    const part = lines.map((of) => of.slice(from, from + fits));
    const height = high(Math.min(fits, most - from));
    setPart(sheet, { columns, face, part, height });
    sheet.y += height;
    from += fits;
  }
}

interface Part {
  readonly columns: readonly Column[];
  readonly face: TypeFace;
  readonly part: readonly (readonly Line[])[];
  readonly height: number;
}

function setPart(sheet: PdfSheet, { columns, face, part, height }: Part): void {
  columns.forEach(({ x, width }, at) => {
    sheet.doc.lineWidth(RULE).rect(x, sheet.y, width, height).stroke('#555555');
    sheet.doc.fillColor('black');
    part[at]?.forEach((line, row) => {
      const y = sheet.y + PAD + row * face.line;
      sheet.draw(line, face, { x: x + PAD, width: width - 2 * PAD, y });
    });
  });
}
