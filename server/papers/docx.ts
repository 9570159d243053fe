// A paper as Word: official manner by named faces that Word has (仿宋, 黑体), links between figures and their evidence.
import {
  AlignmentType,
  Bookmark,
  Document,
  Footer,
  Header,
  ImageRun,
  InternalHyperlink,
  LineRuleType,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  PageNumber,
} from 'docx';
import type { IParagraphOptions, IRunOptions, ParagraphChild } from 'docx';
import { INDENT_CHARS, LINE_PT, MM, sheet, size, TIGHT } from './manner.ts';
import type { Block, Paper, Words } from './paper.ts';
import { fitted, pictureSize } from './picture-size.ts';

/** Word counts in twentieths of a point, type in halves. */
const twips = (points: number): number => Math.round(points * 20);
const halves = (points: number): number => Math.round(points * 2);
const mm = (value: number): number => twips(value * MM);

const SONG = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体' };
const FANG = { ...SONG, eastAsia: '仿宋' };
const HEI = { ...SONG, eastAsia: '黑体' };

const WIDTH_MM = sheet.widthMm - sheet.leftMm - sheet.rightMm;
/** Photos are set in pixels of 1/96 inch. */
const MOST_PICTURE = { width: (WIDTH_MM / 25.4) * 96, height: (110 / 25.4) * 96 };

type Type = Pick<IRunOptions, 'font' | 'size' | 'bold' | 'color'>;
const TEXT: Type = { font: FANG, size: halves(size.text) };
const HEADING: Type = { font: HEI, size: halves(size.text) };
const TITLE: Type = { font: { ...SONG, eastAsia: '方正小标宋简体' }, size: halves(size.title) };
const CELL: Type = { font: SONG, size: halves(size.table) };
const HEAD: Type = { ...CELL, bold: true };
const SMALL: Type = { font: SONG, size: halves(size.note) };

export async function printDocx(paper: Paper): Promise<Uint8Array> {
  const document = new Document({
    title: paper.title,
    creator: paper.author,
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { ...TEXT, language: { value: 'en-US', eastAsia: 'zh-CN' } } } } },
    sections: [
      {
        properties: { page: { size: pageSize, margin: pageMargin } },
        headers: { default: headerOf(paper), even: headerOf(paper) },
        footers: {
          default: footerOf(paper, AlignmentType.RIGHT),
          even: footerOf(paper, AlignmentType.LEFT),
        },
        children: [...headOf(paper), ...paper.blocks.flatMap(partsOf), ...closeOf(paper)],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

const pageSize = { width: mm(sheet.widthMm), height: mm(sheet.heightMm) };
const pageMargin = {
  top: mm(sheet.topMm),
  bottom: mm(sheet.bottomMm),
  left: mm(sheet.leftMm),
  right: mm(sheet.rightMm),
  header: mm(15),
  footer: mm(sheet.bottomMm - 7 - 5),
};

const exact = { line: twips(LINE_PT), lineRule: LineRuleType.EXACT };
const tight = (points: number) => ({ line: twips(points * TIGHT), lineRule: LineRuleType.AT_LEAST });

function plain(text: string, type: Type, options: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ ...options, children: runsOf(text, type) });
}

/** A line break of the text is one of the paper. */
function runsOf(text: string, type: Type): TextRun[] {
  return text
    .split('\n')
    .map((part, at) => new TextRun({ ...type, text: part, ...(at > 0 ? { break: 1 } : {}) }));
}

function childrenOf(words: Words, type: Type): ParagraphChild[] {
  return words.flatMap((piece): ParagraphChild[] =>
    typeof piece === 'string'
      ? runsOf(piece, type)
      : [new InternalHyperlink({ anchor: piece.to, children: runsOf(piece.text, type) })],
  );
}

const anchored = (anchor: string | undefined, children: ParagraphChild[]): ParagraphChild[] =>
  anchor === undefined ? children : [new Bookmark({ id: anchor, children })];

function headOf({ title, under }: Paper): Paragraph[] {
  const centre = { alignment: AlignmentType.CENTER };
  return [
    plain(title, TITLE, { ...centre, spacing: { after: twips(6) } }),
    ...under.map((line) => plain(line, CELL, centre)),
    plain('', TEXT),
  ];
}

function closeOf({ close }: Paper): Paragraph[] {
  const place = { alignment: AlignmentType.RIGHT, indent: { right: twips(2 * size.text) }, spacing: exact };
  return close.length === 0 ? [] : [plain('', TEXT), ...close.map((line) => plain(line, TEXT, place))];
}

function partsOf(block: Block): (Paragraph | Table)[] {
  const indent = { firstLine: twips(INDENT_CHARS * size.text) };
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          indent,
          spacing: exact,
          keepNext: true,
          outlineLevel: block.level - 1,
          children: anchored(block.anchor, runsOf(block.text, HEADING)),
        }),
      ];
    case 'text':
      return [
        new Paragraph({
          indent,
          spacing: exact,
          children: anchored(block.anchor, childrenOf(block.words, TEXT)),
        }),
      ];
    case 'note':
      return [new Paragraph({ spacing: tight(size.note), children: childrenOf(block.words, SMALL) })];
    case 'table':
      return [tableOf(block), plain('', SMALL)];
    case 'picture':
      return pictureOf(block);
  }
}

function tableOf({ heads, shares, rows }: Extract<Block, { kind: 'table' }>): Table {
  const all = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => Math.round((share / all) * mm(WIDTH_MM)));
  const cell = (children: ParagraphChild[], at: number): TableCell =>
    new TableCell({
      width: { size: widths[at] ?? 0, type: WidthType.DXA },
      margins: { left: 60, right: 60, top: 30, bottom: 30 },
      children: [new Paragraph({ spacing: tight(size.table), children })],
    });
  return new Table({
    width: { size: mm(WIDTH_MM), type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({ tableHeader: true, children: heads.map((head, at) => cell(runsOf(head, HEAD), at)) }),
      ...rows.map(
        ({ anchor, cells }) =>
          new TableRow({
            cantSplit: false,
            children: cells.map((words, at) =>
              cell(anchored(at === 0 ? anchor : undefined, childrenOf(words, CELL)), at),
            ),
          }),
      ),
    ],
  });
}

function pictureOf({ anchor, bytes, type, caption }: Extract<Block, { kind: 'picture' }>): Paragraph[] {
  const centre = { alignment: AlignmentType.CENTER };
  const natural = pictureSize(bytes);
  if (!natural) {
    const said = runsOf(`${caption}（无法显示 cannot be shown）`, CELL);
    return [new Paragraph({ ...centre, children: anchored(anchor, said) })];
  }
  const image = new ImageRun({
    type: type === 'image/png' ? 'png' : 'jpg',
    data: Buffer.from(bytes),
    transformation: fitted(natural, MOST_PICTURE),
    altText: { name: anchor, title: caption, description: caption },
  });
  return [
    new Paragraph({ ...centre, keepNext: true, children: [new Bookmark({ id: anchor, children: [image] })] }),
    plain(caption, CELL, centre),
  ];
}

function headerOf({ mark }: Paper): Header {
  const type: Type = { ...HEADING, color: '999999' };
  return new Header({ children: [plain(mark ?? '', type, { alignment: AlignmentType.CENTER })] });
}

function footerOf({ foot }: Paper, alignment: IParagraphOptions['alignment']): Footer {
  const number = new TextRun({
    font: SONG,
    size: halves(size.page),
    children: ['— ', PageNumber.CURRENT, ' —'],
  });
  const inner = { left: twips(size.page), right: twips(size.page) };
  return new Footer({
    children: [
      new Paragraph({ ...(alignment ? { alignment } : {}), indent: inner, children: [number] }),
      plain(foot, SMALL, { alignment: AlignmentType.CENTER }),
    ],
  });
}
