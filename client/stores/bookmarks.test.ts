import { describe, expect, it, test } from 'vitest';
import { importBookmarks, bookmarks, parseBookmarks, removeBookmark, writeBookmarks } from './bookmarks.ts';

const one = { name: '宝珠寺', madeAt: 5, view: 'v=105.600000,32.500000,9000m,0.0,-56.0&v.layers=reservoir' };

describe('a file of bookmarks', () => {
  it('gives back what was written into it', () =>
    expect(parseBookmarks(writeBookmarks([one]))).toEqual([one]));

  test.each([
    ['no JSON', 'hello', /JSON/],
    ['another format', '{"format":"kml"}', /format/],
    ['nothing to read', '{"format":"cockpit-bookmarks/1","bookmarks":[{"name":1}]}', /none/],
  ])('says what is wrong with %s', (_name, text, message) =>
    expect(() => parseBookmarks(text)).toThrow(message),
  );

  it('wins over bookmarks of the same name, which stay in this page even where nothing can be kept', () => {
    expect(importBookmarks([one])).toBe(false);
    importBookmarks([{ ...one, madeAt: 6 }]);
    expect(bookmarks.value).toEqual([{ ...one, madeAt: 6 }]);
    removeBookmark(one.name);
    expect(bookmarks.value).toEqual([]);
  });
});
