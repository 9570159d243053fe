// The sheets of a PDF: where the next line goes, the faces its characters are set in, and links from piece to piece.
import PDFDocument from 'pdfkit';
import type { FontShelf, Weight } from './font-shelf.ts';
import type { Line, Measure } from './lines.ts';
import { breakLines, lettersOf } from './lines.ts';
import { MM, sheet } from './manner.ts';
import type { Paper, Words } from './paper.ts';

export interface TypeFace {
  /** Points. */
  readonly size: number;
  readonly weight: Weight;
  /** From one line to the next, points. */
  readonly line: number;
}

export interface Place {
  readonly x: number;
  readonly width: number;
  readonly align?: 'left' | 'centre' | 'right';
  /** Of the first line, points. */
  readonly indent?: number;
}

/** Where a baseline lies in the height of its type. */
const BASELINE = 0.36;

export class PdfSheet {
  readonly doc: PDFKit.PDFDocument;
  readonly left = sheet.leftMm * MM;
  readonly width = (sheet.widthMm - sheet.leftMm - sheet.rightMm) * MM;
  readonly top = sheet.topMm * MM;
  readonly bottom = (sheet.heightMm - sheet.bottomMm) * MM;
  /** Where the next thing goes, points from above. */
  y = this.top;
  readonly #shelf: FontShelf;
  readonly #faces = new Set<string>();
  readonly #widths = new Map<string, number>();

  constructor(shelf: FontShelf, { title, author, madeAt }: Paper) {
    this.#shelf = shelf;
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      lang: 'zh-CN',
      info: { Title: title, Author: author, CreationDate: new Date(madeAt) },
    });
  }

  newPage(): void {
    this.doc.addPage({ size: 'A4', margin: 0 });
    this.y = this.top;
  }

  /** Room for so many points on this page, or a new one. */
  ensure(height: number): void {
    if (this.y + height > this.bottom && this.y > this.top) this.newPage();
  }

  linesOf(words: Words, face: TypeFace, { width, indent = 0 }: Pick<Place, 'width' | 'indent'>): Line[] {
    const letters = lettersOf(words, (text) => this.#shelf.printable(text));
    const measure: Measure = { widthOf: (letter) => this.widthOf(letter, face), width, indent };
    return breakLines(letters, measure);
  }

  /** Sets a paragraph and goes on below it, over as many pages as it takes. */
  set(words: Words, face: TypeFace, place: Place): void {
    this.linesOf(words, face, place).forEach((line, at) => {
      this.ensure(face.line);
      this.draw(line, face, { ...place, y: this.y, indent: at === 0 ? (place.indent ?? 0) : 0 });
      this.y += face.line;
    });
  }

  /** One line whose height begins at `y`. */
  draw(line: Line, face: TypeFace, { x, width, align, indent = 0, y }: Place & { readonly y: number }): void {
    const wide = line.reduce((sum, { text }) => sum + this.widthOf(text, face), 0);
    const free = Math.max(0, width - wide);
    let at = x + indent + (align === 'centre' ? free / 2 : align === 'right' ? free : 0);
    const baseline = y + face.line / 2 + face.size * BASELINE;
    for (const run of runsOf(line, (letter) => this.#faceOf(letter, face.weight))) {
      const long = [...run.text].reduce((sum, letter) => sum + this.widthOf(letter, face), 0);
      this.doc.font(run.face).fontSize(face.size);
      this.doc.text(run.text, at, baseline, { lineBreak: false, baseline: 'alphabetic', features: [] });
      if (run.to !== null) this.doc.goTo(at, y, long, face.line, run.to);
      at += long;
    }
  }

  /** What points to `anchor` leads here. */
  name(anchor: string): void {
    this.doc.addNamedDestination(anchor, 'XYZ', null, Math.max(0, this.y - 4), null);
  }

  widthOf(letter: string, { size, weight }: Pick<TypeFace, 'size' | 'weight'>): number {
    const name = `${letter}${weight}`;
    let wide = this.#widths.get(name);
    if (wide === undefined) {
      wide = this.doc.font(this.#faceOf(letter, weight)).fontSize(1000).widthOfString(letter) / 1000;
      this.#widths.set(name, wide);
    }
    return wide * size;
  }

  #faceOf(letter: string, weight: Weight): string {
    const slice = this.#shelf.sliceOf(letter);
    if (slice === null) throw new Error(`no face has ${JSON.stringify(letter)}: make it printable first`);
    const name = `${slice}-${weight}`;
    if (!this.#faces.has(name)) {
      this.doc.registerFont(name, this.#shelf.read(slice, weight));
      this.#faces.add(name);
    }
    return name;
  }
}

interface Run {
  readonly face: string;
  readonly to: string | null;
  text: string;
}

function runsOf(line: Line, faceOf: (letter: string) => string): Run[] {
  const runs: Run[] = [];
  for (const { text, to } of line) {
    const face = faceOf(text);
    const last = runs.at(-1);
    if (last?.face === face && last.to === to) last.text += text;
    else runs.push({ face, to, text });
  }
  return runs;
}
