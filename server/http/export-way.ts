// What an export of one kind can do besides its own address: be measured against the rule, and be sent once approved.
import type { Response } from 'express';
import { CodedError } from '../../contracts/errors.ts';
import type { ExportLimit, ExportMeasure, ExportSubject } from '../../contracts/records/export-request.ts';
import type { Subject } from '../access/port.ts';

export interface Measured<A extends ExportSubject> {
  /** Cut to what is kept, so that it means the same later. */
  readonly asked: A;
  readonly measure: ExportMeasure;
  readonly limits: readonly ExportLimit[];
}

export interface ExportWay<A extends ExportSubject> {
  /** @throws CodedError request/… where it could not be taken at all */
  measure(asked: A, subject: Subject): Promise<Measured<A>>;
  /** What can be refused is refused first; → writes the file. @throws CodedError request/… */
  prepare(asked: A, subject: Subject): Promise<(response: Response) => Promise<void>>;
}

/** One for each kind. */
export type ExportWays = {
  readonly [K in ExportSubject['kind']]: ExportWay<Extract<ExportSubject, { readonly kind: K }>>;
};

const wordOf: Readonly<Record<ExportLimit, string>> = {
  personal: 'it holds data about people',
  range: 'it is a long range of the whole city',
  rows: 'it holds very many rows',
};

/** @throws CodedError access/approval naming why */
export function requireAlone(limits: readonly ExportLimit[], what: string): void {
  if (limits.length > 0)
    throw new CodedError('access/approval', `${what}: ${limits.map((limit) => wordOf[limit]).join(', ')}`);
}
