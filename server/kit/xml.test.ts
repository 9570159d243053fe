import { describe, expect, it } from 'vitest';
import { child, parseXml, textOf } from './xml.ts';

const read = (text: string) => parseXml(new TextEncoder().encode(text));

describe('parseXml', () => {
  it('reads namespaces, attributes, text and CDATA', () => {
    const root = read('<a xmlns="urn:x" xmlns:y="urn:y"><y:b k="1"> 预<![CDATA[警 <1>]]></y:b></a>');
    expect(root.namespace).toBe('urn:x');
    expect(child(root, 'b')).toMatchObject({ namespace: 'urn:y', attributes: { k: '1' }, text: '预警 <1>' });
    expect(textOf(root, 'c')).toBeNull();
  });

  it.each([
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', /DOCTYPE/],
    ['an unknown entity', '<a>&x;</a>', /entity/],
    ['an open element', '<a><b></a>', /line 1/],
    ['nothing', '', /root/],
    ['endless depth', '<a>'.repeat(60), /deeper/],
  ])('refuses %s', (_, text, reason) => {
    expect(() => read(text)).toThrow(reason);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => parseXml(Uint8Array.of(0x3c, 0xff, 0x3e))).toThrow();
  });

  it('attributes cannot reach Object.prototype', () => {
    const root = read('<a __proto__="1" constructor="2"/>');
    expect(Object.getPrototypeOf(root.attributes)).toBeNull();
    expect({}.constructor).toBe(Object);
  });
});
