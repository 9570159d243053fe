// What the list of acknowledgements asks of the server.
import type { AcknowledgementView } from '../../../contracts/records/acknowledgement.ts';
import type { Answer } from '../../stores/operations.ts';

export interface AckDoes {
  phoned(ack: AcknowledgementView, unit: string): Promise<Answer<AcknowledgementView>>;
}
