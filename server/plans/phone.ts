// Whether a telephone number can be one: mainland numbers as they are dialled from inside the country.

/** Of the national numbering plan: three digits, or 12xxx service numbers. */
const SHORT = /^(110|119|120|122|12\d{3}|95\d{3,6}|96\d{3,6})$/;
const MOBILE = /^1[3-9]\d{9}$/;
const AREA_AND_NUMBER = /^0(10|2\d|[3-9]\d{2})[2-8]\d{6,7}(转\d{1,5})?$/;

/** Spaces, hyphens and brackets are how people write it. */
export function isPhone(said: string): boolean {
  const digits = said.replaceAll(/[\s\-()（）]/g, '');
  return SHORT.test(digits) || MOBILE.test(digits) || AREA_AND_NUMBER.test(digits);
}
