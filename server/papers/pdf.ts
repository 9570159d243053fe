// A paper as PDF: official manner (manner.ts), every face embedded, links between figures and their evidence.
import { FontShelf } from './font-shelf.ts';
import { INDENT_CHARS, LINE_PT, MM, pageNumber, size, TIGHT } from './manner.ts';
import type { Block, Paper } from './paper.ts';
import { setTable } from './pdf-table.ts';
import type { TypeFace } from './pdf-sheet.ts';
import { PdfSheet } from './pdf-sheet.ts';
import { fitted, pictureSize } from './picture-size.ts';

const face = (points: number, weight: TypeFace['weight'], line = points * TIGHT): TypeFace => ({
  size: points,
  weight,
  line,
});
const TITLE = face(size.title, 700, 34);
const TEXT = face(size.text, 400, LINE_PT);
const HEADING = face(size.text, 700, LINE_PT);
const SMALL = face(size.note, 400);
const CAPTION = face(size.table, 400);
const PAGE = face(size.page, 400);
/** Height of a photo at most, points. */
const MOST_PICTURE = 110 * MM;
/** From the type area to the page number. */
const PAGE_BELOW = 7 * MM;

export async function printPdf(paper: Paper): Promise<Uint8Array> {
  const sheet = new PdfSheet(new FontShelf(), paper);
  const bytes = collect(sheet.doc);
  const whole = { x: sheet.left, width: sheet.width };
  sheet.set([paper.title], TITLE, { ...whole, align: 'centre' });
  sheet.y += 6;
  for (const line of paper.under) sheet.set([line], CAPTION, { ...whole, align: 'centre' });
  sheet.y += LINE_PT / 2;
  for (const block of paper.blocks) setBlock(sheet, block);
  if (paper.close.length > 0) sheet.ensure(LINE_PT * (paper.close.length + 1));
  sheet.y += LINE_PT;
  for (const line of paper.close)
    sheet.set([line], TEXT, { x: sheet.left, width: sheet.width - 2 * size.text, align: 'right' });
  frame(sheet, paper);
  sheet.doc.end();
  return bytes;
}

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part));
    doc.on('end', () => resolve(Buffer.concat(parts)));
    doc.on('error', reject);
  });
}

function setBlock(sheet: PdfSheet, block: Block): void {
  const whole = { x: sheet.left, width: sheet.width };
  switch (block.kind) {
    case 'heading':
      // A heading is never the last line of a page.
      sheet.ensure(LINE_PT * 2);
      if (block.anchor !== undefined) sheet.name(block.anchor);
      if (block.level === 1) sheet.doc.outline.addItem(block.text);
      return sheet.set([block.text], HEADING, { ...whole, indent: INDENT_CHARS * size.text });
    case 'text':
      sheet.ensure(LINE_PT);
      if (block.anchor !== undefined) sheet.name(block.anchor);
      return sheet.set(block.words, TEXT, { ...whole, indent: INDENT_CHARS * size.text });
    case 'note':
      return sheet.set(block.words, SMALL, whole);
    case 'table':
      return setTable(sheet, block);
    case 'picture':
      return setPicture(sheet, block);
  }
}

function setPicture(sheet: PdfSheet, block: Extract<Block, { kind: 'picture' }>): void {
  const whole = { x: sheet.left, width: sheet.width };
  const natural = pictureSize(block.bytes);
  const shown = natural && fitted(natural, { width: sheet.width, height: MOST_PICTURE });
  sheet.ensure((shown?.height ?? 0) + 3 * CAPTION.line);
  sheet.name(block.anchor);
  const isSet = shown !== null && isPictureSet(sheet, block.bytes, shown);
  if (isSet) sheet.y += shown.height + 4;
  const caption = isSet ? block.caption : `${block.caption}（无法显示 cannot be shown）`;
  sheet.set([caption], CAPTION, { ...whole, align: 'centre' });
  sheet.y += CAPTION.line / 2;
}

/** false: the photo is of a kind a PDF cannot hold; the paper says so and goes on. */
function isPictureSet(sheet: PdfSheet, bytes: Uint8Array, shown: { width: number; height: number }): boolean {
  try {
    sheet.doc.image(Buffer.from(bytes), sheet.left + (sheet.width - shown.width) / 2, sheet.y, shown);
    return true;
  } catch {
    return false;
  }
}

/** What stands on every page: its number, the mark, who had it made. */
function frame(sheet: PdfSheet, { mark, foot }: Paper): void {
  const { doc } = sheet;
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    const place = { x: sheet.left, width: sheet.width };
    const below = sheet.bottom + PAGE_BELOW - PAGE.line / 2;
    sheet.y = below;
    const number = sheet.linesOf([pageNumber(page + 1)], PAGE, place)[0] ?? [];
    // Odd pages to the right, even ones to the left, one character in.
    const inner = { x: place.x + size.page, width: place.width - 2 * size.page };
    sheet.draw(number, PAGE, { ...inner, y: below, align: page % 2 === 0 ? 'right' : 'left' });
    const small = sheet.linesOf([foot], SMALL, place)[0] ?? [];
    sheet.draw(small, SMALL, { ...place, y: below + PAGE.line, align: 'centre' });
    if (mark !== null) setMark(sheet, mark);
  }
}

const MARK = face(54, 700, 54);

function setMark(sheet: PdfSheet, mark: string): void {
  const { doc } = sheet;
  const middle = { x: doc.page.width / 2, y: doc.page.height / 2 };
  doc.save();
  doc.rotate(-35, { origin: [middle.x, middle.y] }).opacity(0.1);
  const line = sheet.linesOf([mark], MARK, { width: 10_000 })[0] ?? [];
  sheet.draw(line, MARK, { x: middle.x - 500, width: 1000, y: middle.y - MARK.line / 2, align: 'centre' });
  doc.restore();
}
