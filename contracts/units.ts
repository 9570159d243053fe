// Units of contract columns (contract unit) and how they are shown (display unit). One symbol per unit, SI first.
import type { Title } from './column.ts';

export const units = {
  '1': { zh: '', en: '' },
  count: { zh: '个', en: '' },
  person: { zh: '人', en: 'people' },
  vehicle: { zh: '辆', en: 'veh' },
  percent: { zh: '%', en: '%' },
  degree: { zh: '°', en: '°' },
  celsius: { zh: '℃', en: '°C' },
  m: { zh: 'm', en: 'm' },
  mm: { zh: 'mm', en: 'mm' },
  km: { zh: 'km', en: 'km' },
  'mm/h': { zh: 'mm/h', en: 'mm/h' },
  'm/s': { zh: 'm/s', en: 'm/s' },
  'km/h': { zh: 'km/h', en: 'km/h' },
  kn: { zh: '节', en: 'kn' },
  'm3/s': { zh: 'm³/s', en: 'm³/s' },
  '1e6m3': { zh: '百万 m³', en: '10⁶ m³' },
  s: { zh: 's', en: 's' },
  min: { zh: '分钟', en: 'min' },
  ms: { zh: 'ms', en: 'ms' },
  'veh/h': { zh: '辆/h', en: 'veh/h' },
  'ug/m3': { zh: 'µg/m³', en: 'µg/m³' },
  'mg/m3': { zh: 'mg/m³', en: 'mg/m³' },
  'mg/L': { zh: 'mg/L', en: 'mg/L' },
  'L/s': { zh: 'L/s', en: 'L/s' },
  NTU: { zh: 'NTU', en: 'NTU' },
  pH: { zh: '', en: '' },
  dBA: { zh: 'dB(A)', en: 'dB(A)' },
  'nGy/h': { zh: 'nGy/h', en: 'nGy/h' },
  hPa: { zh: 'hPa', en: 'hPa' },
  MPa: { zh: 'MPa', en: 'MPa' },
  V: { zh: 'V', en: 'V' },
  '1/min': { zh: '条/分', en: '/min' },
} as const satisfies Record<string, Title>;

export type Unit = keyof typeof units;
