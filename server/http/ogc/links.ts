// Addresses and links of the OGC side: absolute, as clients pass them on.
import type { Request } from 'express';

export const ROOT = '/ogc';
export const GEOJSON = 'application/geo+json';
export const OPENAPI = 'application/vnd.oai.openapi+json;version=3.0';
export const SCHEMA = 'application/schema+json';
/** Longitude, latitude on WGS 84: the only one spoken. */
export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

export interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type?: string;
  readonly title?: string;
}

/** The address of a page under /ogc, as whoever asks reaches it; '' is the landing page. */
export function addressOf(request: Request, path = ''): string {
  const host = request.get('host') ?? '';
  const origin = /^[\w.:[\]-]+$/.test(host) ? `${request.protocol}://${host}` : '';
  return `${origin}${ROOT}${path}`;
}

export const collectionPath = (slug: string): string => `/collections/${encodeURIComponent(slug)}`;

/** The same page with other query members; null takes one out. */
export function withQuery(
  address: string,
  query: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, string | number | null>>,
): string {
  const members = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, ...changes })) {
    if (value !== null && value !== undefined) members.set(name, String(value));
  }
  const text = members.toString();
  return text === '' ? address : `${address}?${text}`;
}
