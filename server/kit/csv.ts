// CSV as RFC 4180 has it, rows one by one; small enough that a feed needs no library.

/** Fields of a row by the names of the header row; absent fields are ''. */
export type CsvRow = (name: string) => string;

const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;

/** Calls `onRow` for each row after the header → names of the header; a byte order mark is skipped. */
export function readCsv(text: string, onRow: (row: CsvRow) => void): readonly string[] {
  let header: string[] | null = null;
  const index = new Map<string, number>();
  let fields: string[] = [];
  const row: CsvRow = (name) => {
    const at = index.get(name);
    return at === undefined ? '' : (fields[at] ?? '');
  };
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length;) {
    const line = readLine(text, at);
    at = line.next;
    if (line.fields.length === 1 && line.fields[0] === '') continue;
    if (header === null) {
      header = line.fields.map((name) => name.trim());
      for (const [column, name] of header.entries()) index.set(name, column);
    } else {
      fields = line.fields;
      onRow(row);
    }
  }
  return header ?? [];
}

function readLine(text: string, from: number): { fields: string[]; next: number } {
  const fields: string[] = [];
  let at = from;
  for (;;) {
    const field = text.charCodeAt(at) === QUOTE ? readQuoted(text, at + 1) : readPlain(text, at);
    fields.push(field.value);
    at = field.next;
    if (text.charCodeAt(at) === COMMA) {
      at++;
      continue;
    }
    if (text.charCodeAt(at) === CR) at++;
    if (text.charCodeAt(at) === LF) at++;
    return { fields, next: at };
  }
}

function readPlain(text: string, from: number): { value: string; next: number } {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === LF || code === CR) break;
  }
  return { value: text.slice(from, at), next: at };
}

/** After the opening quote; what stands between the closing quote and the separator is dropped. */
function readQuoted(text: string, from: number): { value: string; next: number } {
  let value = '';
  let at = from;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { value: value + text.slice(at), next: text.length };
    value += text.slice(at, quote);
    at = quote + 1;
    if (text.charCodeAt(at) !== QUOTE) return { value, next: readPlain(text, at).next };
    value += '"';
    at++;
  }
}
