// What can be done at the desk of a headquarters; each resolves with whether it was done.
import type {
  AnswerCallRequest,
  RollCallRequest,
  SeatRequest,
} from '../../../contracts/records/headquarters.ts';
import type { Said } from '../../stores/headquarters.ts';

export interface CommandDoes {
  readonly bind: (said: Said<SeatRequest>) => Promise<boolean>;
  readonly call: (said: Omit<Said<RollCallRequest>, 'area'>) => Promise<boolean>;
  readonly answer: (call: number, said: Said<AnswerCallRequest>) => Promise<boolean>;
  readonly end: (call: number, reason: string) => Promise<boolean>;
}
