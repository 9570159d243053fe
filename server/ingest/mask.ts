// Personal data is masked when a bad record is captured, before it is stored anywhere.

const DIGIT_BEFORE = /(?<![0-9])/.source;
const DIGIT_AFTER = /(?![0-9])/.source;

/** 18-digit identity numbers, 11-digit mobile numbers, vehicle plates: the middle becomes stars. */
const IDENTITY = new RegExp(`${DIGIT_BEFORE}([1-9]\\d{5})\\d{8}(\\d{3}[0-9Xx])${DIGIT_AFTER}`, 'g');
const MOBILE = new RegExp(`${DIGIT_BEFORE}(1[3-9]\\d)\\d{4}(\\d{4})${DIGIT_AFTER}`, 'g');
const PLATE =
  /([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z])[·•\s]?[A-Z0-9]{3,4}([A-Z0-9挂学警港澳]{2})/g;

/** In a hex dump, numbers packed as BCD stand among other digits: any run that reads as a mobile number goes. */
const PACKED_MOBILE = /1[3-9]\d{9}/g;

export function maskText(text: string): string {
  return text.replace(IDENTITY, '$1********$2').replace(MOBILE, '$1****$2').replace(PLATE, '$1***$2');
}

/** Names devices give themselves may be telephone numbers, with zeros in front: of long ones the end is enough. */
export function maskName(name: string): string {
  return maskText(name.slice(0, 80)).replace(/\d{7,}(?=\d{4})/g, '****');
}

export function maskHex(hex: string): string {
  return hex.replace(PACKED_MOBILE, (run) => `${run.slice(0, 3)}****${run.slice(7)}`);
}
