import type { SyntaxNode } from '@lezer/common';
import { children, isReadable, textOf, type Conversion } from './conversion';
import type { Node, Statement } from './syntax';

export function convertImport(node: SyntaxNode, conversion: Conversion, at: Node): Statement {
  const parts = children(node).filter(isReadable);
  if (parts[0]?.name !== 'from') return { kind: 'import', modules: importedNames(parts.slice(1), conversion), ...at };
  const importIndex = parts.findIndex(part => part.name === 'import');
  const path = parts.slice(1, importIndex < 0 ? undefined : importIndex).map(part => textOf(part, conversion)).join('');
  const level = /^\.*/.exec(path)?.[0].length ?? 0;
  const names = importIndex < 0 ? [] : importedNames(parts.slice(importIndex + 1), conversion);
  return { kind: 'importFrom', level, module: path.slice(level), names, ...at };
}

function importedNames(parts: readonly SyntaxNode[], conversion: Conversion): { name: string; alias: string | undefined }[] {
  const found: { name: string; alias: string | undefined }[] = [];
  let name = '';
  let alias: string | undefined;
  let afterAs = false;
  const flush = (): void => {
    if (name !== '') found.push({ name, alias });
    name = '';
    alias = undefined;
    afterAs = false;
  };
  for (const part of parts) {
    if (part.name === ',') flush();
    else if (part.name === 'as') afterAs = true;
    else if (part.name === '(' || part.name === ')') continue;
    else if (afterAs) alias = textOf(part, conversion);
    else name += textOf(part, conversion);
  }
  flush();
  return found;
}
