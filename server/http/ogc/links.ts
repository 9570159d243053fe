// Addresses and links of the OGC side.
import type { Request } from 'express';
import { addressIn } from '../address.ts';

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

/** The address of a page under /ogc, in the world that was asked about; '' is the landing page. */
export const addressOf = (request: Request, path = ''): string => addressIn(request, `${ROOT}${path}`);

export const collectionPath = (slug: string): string => `/collections/${encodeURIComponent(slug)}`;
