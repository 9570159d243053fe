// Whether what is asked of a message makes sense as it stands now.
import { CodedError } from '../../contracts/errors.ts';
import type { Message, MessageAsked, MessageVerb } from '../../contracts/records/message.ts';
import { messageStateTitles, verbsFor } from '../../contracts/records/message.ts';

interface Wish {
  readonly verb: MessageVerb;
  readonly asked: MessageAsked;
  /** A gateway has it in its hands. */
  readonly isFlying: boolean;
}

/** @throws CodedError request/conflict */
export function requireSense(message: Message, { verb, asked: { seen }, isFlying }: Wish): void {
  const { id, seq, state } = message;
  if (seen !== undefined && seen !== seq)
    throw new CodedError('request/conflict', `message ${id} was changed meanwhile (${seq}, seen ${seen})`);
  if (!verbsFor(message).includes(verb))
    throw new CodedError('request/conflict', `message ${id} is ${messageStateTitles[state].zh}: no ${verb}`);
  if (isFlying) throw new CodedError('request/conflict', `message ${id} is being sent`);
}
