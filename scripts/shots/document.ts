// The list in docs/pictures.md: the pictures that are there, in their order. What people wrote around it stays.
import { besides, pictures } from './pictures.ts';

interface Row {
  readonly name: string;
  readonly title: string;
  readonly size: string;
}

const rows: readonly Row[] = [
  ...pictures.map(({ name, title, width, height }) => ({ name, title, size: `${width} × ${height}` })),
  { name: besides.name, title: besides.title, size: `2 × ${besides.width} × ${besides.height}, three times` },
];

/** Names of all pictures the product has. */
export const pictureNames: readonly string[] = rows.map(({ name }) => name);

export const fileOf = (name: string): string => `${name}.jpg`;

const BEGIN = '<!-- list of npm run shots: begin -->';
const END = '<!-- list of npm run shots: end -->';

/**
 * @param page as it stands @param files what docs/shots holds
 * @returns the page with the list of what is there
 * @throws Error where the marks of the list are gone
 */
export function withPictures(page: string, files: readonly string[]): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new Error(`docs/pictures.md: the lines "${BEGIN}" and "${END}" are missing: put them back`);
  const lines = rows
    .filter(({ name }) => files.includes(fileOf(name)))
    .map(({ name, title, size }) => `| [${name}](shots/${fileOf(name)}) | ${title} | ${size} |`);
  const table = ['| Picture | Shows | Size |', '| --- | --- | --- |', ...lines].join('\n');
  return `${page.slice(0, begin)}${BEGIN}\n\n${table}\n\n${page.slice(end)}`;
}
