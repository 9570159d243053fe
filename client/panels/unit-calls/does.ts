// What the panel of calls can have done: asked of the store, so that the gallery draws it without a server.
import type { LonLat } from '../../../contracts/column.ts';
import type { Call, CallAnswer, CallRequest, UnitFound } from '../../../contracts/records/call.ts';
import type { Answer } from '../../stores/operations.ts';

export interface CallDoes {
  readonly inside: (area: readonly LonLat[]) => Promise<Answer<{ readonly units: readonly UnitFound[] }>>;
  readonly make: (said: Partial<CallRequest>) => Promise<Answer<Call>>;
  readonly answer: (call: Call, unit: string, answer: CallAnswer) => Promise<Answer<Call>>;
}
