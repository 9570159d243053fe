// A YAML file written by people: text → what its schema says, or what is wrong with it, where to the column.
import type { Document, Node } from 'yaml';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

export type FieldPath = readonly PropertyKey[];

/** The file cannot be used as it stands. `where`: "file:line:column"; the message names place, value and remedy. */
export class WrittenFileError extends Error {
  readonly where: string;
  constructor(where: string, message: string) {
    super(message);
    this.name = 'WrittenFileError';
    this.where = where;
  }
}

export interface WrittenFile<T> {
  readonly value: T;
  /** Where a field stands: "file:line:column"; of what is not written, the nearest that holds it. */
  whereOf(path: FieldPath): string;
  /** An error at a field, its message led by the name of the field. */
  fault(path: FieldPath, message: string): WrittenFileError;
}

/** @param file how the file is named in messages @param schemaFile where the reader finds the rules @throws WrittenFileError */
export function readWrittenFile<T extends z.ZodType>(
  text: string,
  { file, schema, schemaFile }: { readonly file: string; readonly schema: T; readonly schemaFile: string },
): WrittenFile<z.output<T>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeOf = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [error] = document.errors;
  if (error) throw new WrittenFileError(placeOf(error.pos[0]), `${error.message}: correct the YAML`);
  const whereOf = (path: FieldPath): string => placeOf(offsetOf(document, path));
  const fault = (path: FieldPath, message: string): WrittenFileError =>
    new WrittenFileError(whereOf(path), fieldOf(path) + message);
  const parsed = schema.safeParse(document.toJS());
  if (!parsed.success) {
    const issue = deepest(parsed.error.issues[0]);
    throw fault(issue.path, `${issue.message}: see ${schemaFile}`);
  }
  return { value: parsed.data, whereOf, fault };
}

const fieldOf = (path: FieldPath): string => (path.length === 0 ? '' : `${path.map(String).join('.')}: `);

/** Of the node of a path, or of the nearest node above it that is written. */
function offsetOf(document: Document, path: FieldPath): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const range = nodeAt(document, path.slice(0, depth))?.range;
    if (range) return range[0];
  }
  return 0;
}

function nodeAt(document: Document, path: FieldPath): Node | null {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path as unknown[], true);
  return typeof node === 'object' && node !== null && 'range' in node ? (node as Node) : null;
}

interface RawIssue {
  readonly path: FieldPath;
  readonly message: string;
  readonly code?: string;
  readonly errors?: readonly (readonly RawIssue[])[];
  readonly keys?: readonly string[];
}

/** The complaint of a union is in its branches: the one that got furthest says it best. */
function deepest(issue: RawIssue | undefined): { readonly path: FieldPath; readonly message: string } {
  if (!issue) return { path: [], message: 'does not fit' };
  const key = issue.keys?.[0];
  if (issue.code === 'unrecognized_keys' && key !== undefined) {
    return { path: [...issue.path, key], message: 'there is no such field' };
  }
  const branches = (issue.errors ?? []).flatMap(([first]) => (first ? [deepest(first)] : []));
  const best = branches.sort((a, b) => b.path.length - a.path.length)[0];
  return best ? { path: [...issue.path, ...best.path], message: best.message } : issue;
}
