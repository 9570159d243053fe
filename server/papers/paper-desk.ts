// The desk where papers are made: gathers what a paper is about, for one reader, and hands it to the press.
import { createHash } from 'node:crypto';
import { labels } from '../../contracts/column.ts';
import type { Title } from '../../contracts/column.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import type { Situation } from '../../contracts/records/situation.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { Subject } from '../access/port.ts';
import type { Files, Incidents } from '../command/port.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Bulletins } from '../duty/port.ts';
import type { Clock } from '../kit/clock.ts';
import type { PlanRuns } from '../plans/port.ts';
import { bulletinPaper } from './bulletin-paper.ts';
import type { Photo } from './case-file.ts';
import { caseFile } from './case-file.ts';
import { photosOf } from './case-references.ts';
import { conformancePaper } from './conformance-paper.ts';
import type { Paper } from './paper.ts';
import type { PaperAsk, Papers, PrintedPaper, Stretch } from './port.ts';
import { situationPaper } from './situation-paper.ts';
import type { Press } from './press.ts';
import { paperTypes } from './press.ts';
import type { WordingFacts } from './wording.ts';
import { Wording } from './wording.ts';

export interface PaperDeskOptions extends Omit<WordingFacts, 'language'> {
  readonly press: Press;
  readonly clock: Clock;
  readonly incidents: Pick<Incidents, 'view'>;
  readonly files: Pick<Files, 'read'>;
  readonly bulletins: Pick<Bulletins, 'bulletin'>;
  readonly runs: Pick<PlanRuns, 'conformance'>;
  /** The unit whose papers they are: the city. */
  readonly unit: Title;
  /** What stands across every page; null: nothing. */
  readonly mark: Title | null;
}

export class PaperDesk implements Papers {
  readonly #options: PaperDeskOptions;

  constructor(options: PaperDeskOptions) {
    this.#options = options;
  }

  async caseFile(id: number, reader: Subject, ask: PaperAsk): Promise<PrintedPaper> {
    const { incidents, clock } = this.#options;
    const whole = incidents.view(id, labels).incident;
    const { incident } = incidents.view(id, reader.labels);
    const wording = this.wording(ask);
    const paper = caseFile({
      incident,
      hashes: whole.evidence.map((one) => hashOf(canonicalJson(one))),
      withheld: whole.evidence.map(
        ({ values }, at) =>
          Object.keys(values).length - Object.keys(incident.evidence[at]?.values ?? {}).length,
      ),
      photos: await this.#photosOf(incident),
      wording,
      ...this.frame(reader, wording, clock.now()),
    });
    return this.print(paper, `case-${incident.no}`, ask);
  }

  async bulletin(reader: Subject, stretch: Stretch, ask: PaperAsk): Promise<PrintedPaper> {
    const { bulletins, clock } = this.#options;
    const { id, areas } = reader;
    const reaches = reachesOf(areas);
    const bulletin = await bulletins.bulletin({ id, reaches }, stretch);
    const wording = this.wording(ask);
    const paper = bulletinPaper({ bulletin, wording, ...this.frame(reader, wording, clock.now()) });
    const stamp = new Date(bulletin.to).toISOString().slice(0, 16).replaceAll(/[-:]/g, '');
    return this.print(paper, `duty-bulletin-${stamp}Z`, ask);
  }

  async conformance(id: number, reader: Subject, ask: PaperAsk): Promise<PrintedPaper> {
    const { runs, clock } = this.#options;
    const conformance = runs.conformance(id, reachesOf(reader.areas));
    const wording = this.wording(ask);
    const paper = conformancePaper({ conformance, wording, ...this.frame(reader, wording, clock.now()) });
    return this.print(paper, `conformance-${conformance.incident.no}-${id}`, ask);
  }

  async situation(report: Situation, reader: Subject, ask: PaperAsk): Promise<PrintedPaper> {
    const wording = this.wording(ask);
    const made = this.frame(reader, wording, this.#options.clock.now());
    return this.print(situationPaper({ report, wording, ...made }), `situation-${report.no}`, ask);
  }

  wording({ language }: PaperAsk): Wording {
    return new Wording({ ...this.#options, language });
  }

  /** What every paper says of itself. */
  frame(reader: Subject, wording: Wording, now: number): Pick<Paper, 'mark' | 'madeAt'> & Made {
    const { unit, mark } = this.#options;
    const who = reader.name === '' ? reader.id : `${reader.name}（${reader.id}）`;
    return {
      unit: wording.say(unit),
      mark: mark && wording.say(mark),
      madeBy: wording.of(
        `${who} 导出于 ${wording.moment(now)}`,
        `Exported by ${who} at ${wording.moment(now)}`,
      ),
      madeAt: now,
    };
  }

  async print(paper: Paper, name: string, { format }: PaperAsk): Promise<PrintedPaper> {
    const bytes = await this.#options.press.print(paper, format);
    return { name: `${name}.${format}`, type: paperTypes[format], bytes };
  }

  /** A file that is lost is said to be; the rest of the case is still a case. */
  #photosOf(incident: Incident): Promise<Photo[]> {
    return Promise.all(
      photosOf(incident).map(async (ref): Promise<Photo> => {
        const read = await this.#options.files.read(ref.hash).catch(() => null);
        return { ref, bytes: read ? new Uint8Array(read.bytes) : null };
      }),
    );
  }
}

interface Made {
  readonly unit: string;
  readonly madeBy: string;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
