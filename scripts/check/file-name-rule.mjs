// Files and folders are named after what they hold: kebab-case (.vue PascalCase), no catch-all names.
import path from 'node:path';

const CATCH_ALL = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'misc',
  'manager',
  'data',
  'info',
]);
const KEBAB = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;
const PASCAL = /^[A-Z][A-Za-z0-9]*\.vue$/;

/**
 * @param {string} relative path from the repository root, with `/`
 * @returns {string | null} what is wrong and what to do
 */
export function nameComplaint(relative) {
  const parts = relative.split('/');
  const file = parts.at(-1) ?? '';
  const stem = file.replace(/\..*$/, '');
  const vague = [...parts.slice(0, -1), stem].find((part) => CATCH_ALL.has(part.toLowerCase()));
  if (vague) return `"${vague}" says nothing about what is inside: name it after the one thing it does.`;
  if (file.endsWith('.vue')) {
    return PASCAL.test(file) ? null : `${file}: name a component in PascalCase, like FlowPanel.vue.`;
  }
  return KEBAB.test(file) ? null : `${file}: name a file in kebab-case, like road-speed.ts.`;
}

/** @type {import('eslint').Rule.RuleModule} */
export const fileNameRule = {
  meta: { type: 'suggestion', schema: [] },
  create(context) {
    const relative = path.relative(context.cwd, context.filename).replaceAll(path.sep, '/');
    const complaint = relative.startsWith('..') ? null : nameComplaint(relative);
    return {
      Program(node) {
        if (complaint) context.report({ node, message: complaint });
      },
    };
  },
};
