// The data segment of HJ 212: `QN=…;ST=…;CN=…;PW=…;MN=…;Flag=…;[PNUM=…;PNO=…;]CP=&&…&&`, and packets cut into parts.

export interface Segment {
  /** Moment of the request, names it: yyyyMMddHHmmsszzz; '' in 2005 uploads without one. */
  readonly qn: string;
  readonly st: string;
  readonly cn: string;
  readonly pw: string;
  readonly mn: string;
  /** Bit 0: wants an answer. Bit 1: cut into parts. Bits 2–7: version, 0 = 2005, 1 = 2017. */
  readonly flag: number;
  readonly parts: number;
  /** 1-based. */
  readonly part: number;
  /** Between `CP=&&` and `&&`. */
  readonly cp: string;
}

export const WANTS_ANSWER = 1;
const CUT = 2;

/** → null where the segment is not of this form. */
export function parseSegment(text: string): Segment | null {
  const open = text.indexOf('CP=&&');
  const close = text.lastIndexOf('&&');
  if (open < 0 || close < open + 5) return null;
  const fields = new Map<string, string>();
  for (const field of text.slice(0, open).split(';')) {
    const equals = field.indexOf('=');
    if (equals > 0) fields.set(field.slice(0, equals).trim(), field.slice(equals + 1).trim());
  }
  const of = (name: string): string => fields.get(name) ?? '';
  const flag = Number(of('Flag') || '0');
  if (of('CN') === '' || of('MN') === '' || !(Number.isInteger(flag) && flag >= 0 && flag <= 255))
    return null;
  const cut = (flag & CUT) !== 0 || fields.has('PNUM');
  return {
    qn: of('QN'),
    st: of('ST'),
    cn: of('CN'),
    pw: of('PW'),
    mn: of('MN'),
    flag,
    parts: cut ? Number(of('PNUM')) : 1,
    part: cut ? Number(of('PNO')) : 1,
    cp: text.slice(open + 5, close),
  };
}

/** Packets being joined per connection; the oldest gives way. */
const MAX_PENDING = 8;
const MAX_PARTS = 64;

export interface Parts {
  /** → the whole CP, null while parts are missing, 'refused' for numbers that cannot be. */
  add(segment: Segment): string | null | 'refused';
}

export function createParts(): Parts {
  const pending = new Map<string, (string | undefined)[]>();
  return {
    add({ mn, qn, cn, parts, part, cp }) {
      const possible = Number.isInteger(parts) && Number.isInteger(part) && part >= 1 && part <= parts;
      if (!possible || parts > MAX_PARTS) return 'refused';
      const name = `${mn}/${cn}/${qn}/${parts}`;
      const pieces = pending.get(name) ?? new Array<string | undefined>(parts).fill(undefined);
      pieces[part - 1] = cp;
      pending.delete(name);
      if (!pieces.includes(undefined))
        return pieces.reduce<string>((whole, piece) => joinCp(whole, piece ?? ''), '');
      pending.set(name, pieces);
      const oldest = pending.size > MAX_PENDING ? pending.keys().next().value : undefined;
      if (oldest !== undefined) pending.delete(oldest);
      return null;
    },
  };
}

/** Some loggers cut between factors and drop the separator, others cut anywhere. */
function joinCp(whole: string, next: string): string {
  const last = whole.slice(Math.max(whole.lastIndexOf(';'), whole.lastIndexOf(',')) + 1);
  const atFactor = last.includes('=') && /^(DataTime=|[A-Za-z0-9]{2,10}-[A-Za-z]{3,10}=)/.test(next);
  return atFactor ? `${whole};${next}` : whole + next;
}

/** `code-Field=value` pairs of a CP: groups by factor, and the fields that belong to no factor. */
export interface CpValues {
  readonly fields: ReadonlyMap<string, string>;
  /** Factor code in lower case → field → value. */
  readonly factors: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export function parseCp(cp: string): CpValues {
  const fields = new Map<string, string>();
  const factors = new Map<string, Map<string, string>>();
  for (const pair of cp.split(/[;,]/)) {
    const equals = pair.indexOf('=');
    if (equals < 1) continue;
    const name = pair.slice(0, equals).trim();
    const value = pair.slice(equals + 1).trim();
    const dash = name.indexOf('-');
    if (dash < 1) {
      fields.set(name, value);
      continue;
    }
    const code = name.slice(0, dash).toLowerCase();
    const factor = factors.get(code) ?? new Map<string, string>();
    factors.set(code, factor.set(name.slice(dash + 1), value));
  }
  return { fields, factors };
}
