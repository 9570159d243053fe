// Untrusted XML → a small tree of elements by local name. No DTD, no entities beyond the five, bounded size and depth.
import { SaxesParser } from 'saxes';

export interface XmlElement {
  /** Local name, without prefix. */
  readonly name: string;
  /** Namespace URI; '' where none is declared. */
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Text directly inside, trimmed. */
  readonly text: string;
  /** Text and elements inside, in order. */
  readonly content: readonly (string | XmlElement)[];
}

/** Deeper or larger documents are no news feeds and no warnings. */
const MOST_DEPTH = 40;
const MOST_ELEMENTS = 200_000;

interface Growing {
  name: string;
  namespace: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
  content: (string | XmlElement)[];
}

/** @throws Error with line and reason: not well-formed, a DOCTYPE, too deep, too large */
export function parseXml(bytes: Uint8Array): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const stack: Growing[] = [];
  let root: XmlElement | null = null;
  let count = 0;
  const refuse = (why: string): never => {
    throw new Error(`line ${parser.line}: ${why}`);
  };
  parser.on('doctype', () => refuse('a DOCTYPE is refused'));
  parser.on('error', (error) => refuse(error.message));
  parser.on('opentag', (tag) => {
    if (++count > MOST_ELEMENTS) refuse(`more than ${MOST_ELEMENTS} elements`);
    if (stack.length >= MOST_DEPTH) refuse(`deeper than ${MOST_DEPTH} elements`);
    const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
    for (const attribute of Object.values(tag.attributes)) attributes[attribute.local] = attribute.value;
    stack.push({ name: tag.local, namespace: tag.uri, attributes, children: [], text: '', content: [] });
  });
  const addText = (text: string): void => {
    const top = stack.at(-1);
    if (!top) return;
    top.text += text;
    top.content.push(text);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const done = stack.pop();
    if (!done) return;
    done.text = done.text.trim();
    const parent = stack.at(-1);
    if (!parent) return void (root = done);
    parent.children.push(done);
    parent.content.push(done);
  });
  parser.write(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).close();
  return root ?? refuse('no root element');
}

export function child(of: XmlElement, name: string): XmlElement | undefined {
  return of.children.find((element) => element.name === name);
}

export function childrenNamed(of: XmlElement, name: string): XmlElement[] {
  return of.children.filter((element) => element.name === name);
}

/** Text of the first child of that name; null where it is absent or empty. */
export function textOf(of: XmlElement, name: string): string | null {
  const text = child(of, name)?.text;
  return text ? text : null;
}

/** All text inside, that of the elements inside included, as it reads. */
export function wholeTextOf(of: XmlElement): string {
  return of.content.map((part) => (typeof part === 'string' ? part : wholeTextOf(part))).join('');
}
