// What the city says of itself, of one kind: what holds, what a change would do, the change, and the way back.
import { computed, shallowRef, type ShallowRef } from 'vue';
import type {
  KeptArea,
  KeptCases,
  KeptLimits,
  KeptSettings,
  SettingEffects,
} from '../../contracts/records/city-setting.ts';
import type { CityKind, SettingChange } from '../../contracts/records/setting.ts';
import { askAccess, type Reply } from './access.ts';

export interface CityForm {
  /** Id of the indicator, kind of incident or area. */
  readonly of: string;
  /** null: as in the files of the city, or gone where they have none. */
  readonly value: unknown;
}

export interface CitySettings<T> {
  /** null until the server has answered once. */
  readonly kept: ShallowRef<KeptSettings<T> | null>;
  readonly fault: ShallowRef<{ readonly code: string; readonly message: string } | null>;
  load(): Promise<void>;
  /** What it would do; nothing is changed. */
  preview(asked: CityForm): Promise<Reply<SettingEffects>>;
  change(asked: CityForm, reason: string): Promise<Reply<SettingChange>>;
  undo(id: number, reason: string): Promise<Reply<SettingChange>>;
}

function citySettings<T>(kind: CityKind): CitySettings<T> {
  const kept = shallowRef<KeptSettings<T> | null>(null);
  const fault = shallowRef<{ code: string; message: string } | null>(null);
  const path = `/api/city-settings/${kind}`;
  const load = async (): Promise<void> => {
    const { code, message, value } = await askAccess<KeptSettings<T>>('GET', path);
    fault.value = code === '' ? null : { code, message };
    if (value) kept.value = value;
  };
  const done = async (behind: string, body: unknown): Promise<Reply<SettingChange>> => {
    const reply = await askAccess<SettingChange>('POST', `${path}/${behind}`, body);
    if (reply.code === '') await load();
    return reply;
  };
  return {
    ...{ kept, fault, load },
    preview: (asked) => askAccess('POST', `${path}/preview`, asked),
    change: (asked, reason) => done('change', { ...asked, reason }),
    undo: (id, reason) => done(`changes/${id}/undo`, { reason }),
  };
}

export const indicatorLimits = citySettings<KeptLimits>('indicator-limits');
export const responsibilities = citySettings<KeptCases>('responsibility');
export const areas = citySettings<KeptArea>('area');

/** Departments and counties a form offers; null until the server has answered. */
export const caseWords = computed(() => responsibilities.kept.value?.words ?? null);
