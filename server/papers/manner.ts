// How an official paper looks, by GB/T 9704-2012 where it applies: sheet, margins, type sizes, page numbers.

/** Points of a millimetre. */
export const MM = 72 / 25.4;

/** A4, type area 156 mm × 225 mm, 28 mm at the binding edge, 37 mm above. */
export const sheet = {
  widthMm: 210,
  heightMm: 297,
  topMm: 37,
  leftMm: 28,
  rightMm: 26,
  bottomMm: 35,
} as const;

/** 22 lines of 28 characters fill the type area. */
export const LINE_PT = 29;

/** Sizes of type, points: 号 of Chinese type. */
export const size = {
  /** 2 号, the title. */
  title: 22,
  /** 3 号, the text. */
  text: 16,
  /** 4 号, page numbers. */
  page: 14,
  /** 小 5 号 and 5 号: tables and small print, which the standard leaves free. */
  table: 10.5,
  note: 9,
} as const;

/** A first line begins two characters in. */
export const INDENT_CHARS = 2;

/** Lines of tables and small print are so many times their type high. */
export const TIGHT = 1.4;

/** — 1 —, as the standard has it. */
export const pageNumber = (page: number): string => `— ${page} —`;
