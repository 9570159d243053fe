// Bytes as text: UTF-8 where they are that, else what Chinese tables are mostly written in.

export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';
}

export function decodeText(bytes: Uint8Array): DecodedText {
  const decode = (encoding: DecodedText['encoding'], fatal = false): DecodedText => ({
    text: new TextDecoder(encoding, { fatal }).decode(bytes),
    encoding,
  });
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode('utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode('utf-16be');
  try {
    return decode('utf-8', true);
  } catch {
    return decode('gb18030');
  }
}

/** What a .cpg file says, in one of its many ways; null where it says nothing we know. */
export function encodingOfCpg(said: string): string | null {
  const name = said.trim();
  if (/gbk|936|gb2312|gb18030/i.test(name)) return 'gb18030';
  if (/^(utf-?8|65001)$/i.test(name)) return 'utf-8';
  return /^(iso-?8859-?1|1252|latin1)$/i.test(name) ? 'latin1' : null;
}
