// A public statement about an incident: worded by a person, resting on evidence, sent when somebody else has approved it.
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { Recipient, StatementAsked } from '../../contracts/records/message.ts';
import type { Draft } from './fold.ts';
import type { Asker } from './port.ts';
import type { Writing } from './writing.ts';

const PUBLIC: Recipient = { id: 'public', name: title('公众', 'The public') };

/**
 * The same action of the same person makes it once.
 * @throws CodedError request/not-found for an incident in another area, request/invalid for a fact that is none of its evidence
 */
export function statementOf(
  { action, incident: id, text, facts }: StatementAsked,
  by: Asker,
  { incidents, code }: Pick<Writing, 'incidents' | 'code'>,
): Draft {
  const incident = incidents.find(id);
  if (!incident || !by.reaches(incident.region, []))
    throw new CodedError('request/not-found', `incident ${id}`);
  const { no, title: named, region } = incident;
  const cited = facts.map(({ layer, key }) => {
    const found = incident.evidence.findLast((one) => one.layer === layer && one.key === key);
    if (!found)
      throw new CodedError(
        'request/invalid',
        `facts: ${layer} ${key} is no evidence of incident ${no}: cite it there first`,
      );
    return { layer, key, name: found.name, validAt: found.validAt };
  });
  return {
    ...{ kind: 'statement', to: PUBLIC, text, facts: cited, cause: 'publish', state: 'draft' },
    incident: { id, no, title: named, region },
    once: `${code}-statement-${by.id}-${action}`,
    ...{ rung: 0, escalates: null, ackDueAt: null },
  };
}
