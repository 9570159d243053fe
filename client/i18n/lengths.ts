// Lengths and areas as people read them: metres up to a kilometre, then kilometres.
import type { Locale } from '../stores/session.ts';
import { formatNumber } from './numbers.ts';

export function formatLength(metres: number, locale: Locale): string {
  if (metres < 1000) return `${formatNumber(metres, 1, locale)} m`;
  return `${formatNumber(metres / 1000, metres < 100_000 ? 0.01 : 0.1, locale)} km`;
}

/** Square metres below a hectare, hectares (公顷) below a square kilometre. */
export function formatArea(squareMetres: number, locale: Locale): string {
  if (squareMetres < 10_000) return `${formatNumber(squareMetres, 1, locale)} m²`;
  if (squareMetres < 1_000_000)
    return `${formatNumber(squareMetres / 10_000, 0.01, locale)} ${locale === 'zh' ? '公顷' : 'ha'}`;
  return `${formatNumber(squareMetres / 1_000_000, 0.01, locale)} km²`;
}
