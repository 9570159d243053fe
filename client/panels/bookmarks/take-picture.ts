// Takes the picture of now: the map with its captions, saved as a PNG.
import { title } from '../../../contracts/declare.ts';
import { formatClock, formatDate } from '../../i18n/numbers.ts';
import { city } from '../../stores/ground.ts';
import { say, session } from '../../stores/session.ts';
import { cityNow } from '../../stores/time.ts';
import { mapPort } from '../../stores/view.ts';
import { saveFile } from '../../ui/save-file.ts';
import { captioned, pngOf } from './picture.ts';

const words = {
  demo: title('演示数据', 'Demo data'),
  schematic: title('示意图，不作为划界依据', 'Schematic, not for drawing boundaries'),
  lost: title('与服务器中断后的画面', 'Seen after the server stopped answering'),
  review: title('审图号', 'Map review no.'),
};

/** @returns false where there is no map to take */
export async function takePicture(heading: string): Promise<boolean> {
  const map = mapPort.value?.picture();
  const facts = city.value;
  if (!map || !facts) return false;
  const zone = facts.timeZone;
  const at = cityNow.value;
  const year = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric' }).format(at);
  const time = `${year}-${formatDate(at, zone, session.locale)} ${formatClock(at, zone, true)}`;
  const marks = [
    session.hello?.demo ? say(words.demo) : '',
    session.link === 'lost' ? say(words.lost) : '',
    say(facts.schematic ?? words.schematic),
    facts.mapReviewNumber ? `${say(words.review)} ${facts.mapReviewNumber}` : '',
  ].filter((mark) => mark !== '');
  await document.fonts.load("560 20px 'Noto Sans SC Variable'", heading + marks.join(''));
  const picture = captioned(map, { title: `${say(facts.title)} · ${heading}`, time, marks });
  const stamp = time.replace(/[^\d]+/g, '-');
  saveFile(`${facts.id}-${stamp}.png`, await pngOf(picture));
  return true;
}
