// What needs attention now, out of the stores: for a computed.
import { acknowledgement } from '../../../contracts/layers/acknowledgement.ts';
import { warning } from '../../../contracts/layers/warning.ts';
import type { Answer } from '../../stores/answer.ts';
import { layerContact } from '../../stores/contact.ts';
import { city } from '../../stores/ground.ts';
import { exposureOf } from '../../stores/hazards.ts';
import { indicatorFacts } from '../../stores/indicator-facts.ts';
import { deviating, readings } from '../../stores/indicators.ts';
import { tableOf } from '../../stores/layers.ts';
import { say, session } from '../../stores/session.ts';
import { cityNow } from '../../stores/time.ts';
import { attentionModel, type AttentionModel, type AttentionSources, type WarningCard } from './cards.ts';

const nameOf = (code: string): string | null => {
  const name = city.value?.regionNames.get(code);
  return name ? say(name) : null;
};

/** Of warnings that ask more than once, for more areas, all together. */
function acksByBulletin(): AttentionSources['acks'] {
  const found = new Map<string, NonNullable<WarningCard['acks']>>();
  for (const { values } of tableOf(acknowledgement)?.rows() ?? []) {
    if (values.subject !== 'warning' || values.of === null) continue;
    const before = found.get(values.of);
    found.set(values.of, {
      acknowledged: (before?.acknowledged ?? 0) + (values.acknowledged ?? 0),
      asked: (before?.asked ?? 0) + (values.asked ?? 0),
      isLate: (before?.isLate ?? false) || values.state === 'escalated',
    });
  }
  return found;
}

export function attentionNow(answer: Answer): AttentionModel {
  return attentionModel({
    deviating: deviating(readings.value.values()),
    facts: indicatorFacts.value,
    table: tableOf(warning),
    acks: acksByBulletin(),
    contact: layerContact(warning.slug),
    now: cityNow.value,
    timeZone: city.value?.timeZone ?? 'Asia/Shanghai',
    locale: session.locale,
    order: city.value?.countyOrder ?? [],
    nameOf,
    answer,
    peopleOf: (key) => exposureOf(warning.slug, key)?.values.people ?? null,
  });
}
