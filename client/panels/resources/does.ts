// What the panel asks of its store; a fixture gives answers of its own.
import type { Booking, EnoughAnswer, ResourceItem } from '../../../contracts/records/resource.ts';
import type { Answer } from '../../stores/operations.ts';
import type { BookingSaid, drawReach } from '../../stores/resources.ts';

export interface ResourceDoes {
  readonly book: (said: BookingSaid) => Promise<Answer<Booking>>;
  readonly release: (booking: Booking, reason: string) => Promise<Answer<Booking>>;
  readonly decide: (booking: Booking, grant: boolean, reason: string) => Promise<Answer<Booking>>;
  readonly enough: (item: ResourceItem, amount: number, withinMin: number) => Promise<Answer<EnoughAnswer>>;
  readonly reach: typeof drawReach;
}
