// Options that a scene gives a panel, by kind; what is of another kind is as if it were not there.
import type { Title } from '../../contracts/column.ts';
import type { PanelOptions } from '../../contracts/records/scene.ts';

type Options = PanelOptions | undefined;

export function textOption(options: Options, name: string): string | null {
  const value = options?.[name];
  return typeof value === 'string' ? value : null;
}

export function numberOption(options: Options, name: string, usual: number): number {
  const value = options?.[name];
  return typeof value === 'number' ? value : usual;
}

export function listOption(options: Options, name: string): readonly string[] {
  const value = options?.[name];
  return Array.isArray(value) ? value : [];
}

export function titleOption(options: Options, name: string): Title | null {
  const value = options?.[name];
  return typeof value === 'object' && !Array.isArray(value) ? value : null;
}
