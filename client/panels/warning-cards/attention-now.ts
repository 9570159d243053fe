// What needs attention now, out of the stores: for a computed.
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
import { attentionModel, type AttentionModel } from './cards.ts';

const nameOf = (code: string): string | null => {
  const name = city.value?.regionNames.get(code);
  return name ? say(name) : null;
};

export function attentionNow(answer: Answer): AttentionModel {
  return attentionModel({
    deviating: deviating(readings.value.values()),
    facts: indicatorFacts.value,
    table: tableOf(warning),
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
