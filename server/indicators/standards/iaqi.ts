// Air quality index (HJ 633): concentrations → IAQI by dated breakpoints → AQI and primary pollutant.

/** Concentration at each step of the IAQI scale; null: the mean of that length is not used from there on. */
type Breakpoints = readonly (number | null)[];

export interface AirRules {
  /** 0, 50, 100, 150, 200, 300, 400, 500. */
  readonly iaqi: readonly number[];
  readonly breakpoints: Readonly<Record<string, Breakpoints>>;
}

export interface AirIndex {
  /** NaN: nothing measured. */
  readonly aqi: number;
  /** 首要污染物: columns with the highest IAQI, when it is above 50. */
  readonly primary: readonly string[];
  /** 超标污染物: columns with an IAQI above 100. */
  readonly exceeding: readonly string[];
}

/** IAQI rounded up; 500 beyond the table; NaN for NaN and where this mean is not used (HJ 633 notes ① and ②). */
export function iaqiOf(concentration: number, scale: readonly number[], breakpoints: Breakpoints): number {
  if (!(concentration >= 0)) return NaN;
  for (let i = 1; i < scale.length; i++) {
    const high = breakpoints[i];
    const low = breakpoints[i - 1];
    if (high == null || low == null) return NaN;
    if (concentration > high) continue;
    const [from, to] = [scale[i - 1] as number, scale[i] as number];
    // 1e-9: a sum of floating-point steps that should be whole must not be rounded up to the next integer.
    return Math.max(0, Math.ceil(((to - from) / (high - low)) * (concentration - low) + from - 1e-9));
  }
  return scale.at(-1) ?? NaN;
}

/** `concentrations` by column of the rules, such as pm25Day; µg/m³, CO mg/m³; NaN = not measured. */
export function airIndexOf(concentrations: Readonly<Record<string, number>>, rules: AirRules): AirIndex {
  const single = Object.entries(concentrations)
    .map(([column, value]) => ({ column, iaqi: iaqiOf(value, rules.iaqi, rules.breakpoints[column] ?? []) }))
    .filter(({ iaqi }) => !Number.isNaN(iaqi));
  if (single.length === 0) return { aqi: NaN, primary: [], exceeding: [] };
  const aqi = Math.max(...single.map(({ iaqi }) => iaqi));
  const named = (keep: (iaqi: number) => boolean): string[] =>
    single.filter(({ iaqi }) => keep(iaqi)).map(({ column }) => column);
  return {
    aqi,
    primary: aqi > 50 ? named((iaqi) => iaqi === aqi) : [],
    exceeding: named((iaqi) => iaqi > 100),
  };
}
