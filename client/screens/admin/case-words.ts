// Who handles a kind of incident, in words.
import type { CaseWords, DutyCases } from '../../../contracts/records/city-setting.ts';
import { title } from '../../../contracts/declare.ts';
import { caseWords } from '../../stores/city-settings.ts';
import { say, session } from '../../stores/session.ts';

const everywhere = title('全市', 'Everywhere');
const elsewhere = title('其余', 'Elsewhere');
const assisting = title('协助', 'with');

const listed = (names: readonly string[]): string => names.join(session.locale === 'zh' ? '、' : ', ');

function nameIn(kind: keyof CaseWords, id: string): string {
  const words = caseWords.value;
  const found =
    kind === 'departments'
      ? words?.departments.find((one) => one.id === id)
      : words?.counties.find((one) => one.code === id);
  return found ? say(found.name) : id;
}

/** One line for each case: "旺苍县：水利局，协助 应急管理局". */
export function caseLines(cases: DutyCases): string[] {
  return cases.map(({ areas, department, assisting: helpers }) => {
    const rest = cases.length > 1 ? say(elsewhere) : say(everywhere);
    const where = areas ? listed(areas.map((code) => nameIn('counties', code))) : rest;
    const led = nameIn('departments', department);
    const help = listed(helpers.map((id) => nameIn('departments', id)));
    const colon = session.locale === 'zh' ? '：' : ': ';
    const comma = session.locale === 'zh' ? '，' : ', ';
    return `${where}${colon}${led}${help === '' ? '' : `${comma}${say(assisting)} ${help}`}`;
  });
}
