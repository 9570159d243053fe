// Which roads a number names (GB/T 917): G + 1–2 or 4 digits and S + 1–2 digits are expressways, three digits trunk roads.

export const isExpressway = (road: string | null): boolean =>
  road !== null && /^([GS]\d{1,2}|G\d{4})$/.test(road);

/** 国省干线 and expressways. */
export const isTrunk = (road: string | null): boolean => road !== null && /^[GS]\d{1,4}$/.test(road);
