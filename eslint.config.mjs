import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The layering of ARCHITECTURE.md as lint errors: each folder names what it may import from the project.
 * Everything else in the project is forbidden to it.
 */
const folders = [
  'algebra', 'python', 'geometry', 'frameworks', 'network', 'rules', 'kernel', 'report', 'editor',
];
const mayImport = {
  algebra: [],
  python: ['algebra'],
  geometry: ['algebra'],
  frameworks: ['algebra', 'geometry'],
  network: ['algebra', 'python', 'geometry', 'frameworks'],
  rules: ['algebra', 'python', 'geometry', 'frameworks', 'network'],
  kernel: ['geometry'],
  report: ['algebra', 'python', 'geometry', 'frameworks', 'network', 'rules'],
};

function layer(folder, allowed) {
  const forbidden = folders.filter(other => other !== folder && !allowed.includes(other));
  return {
    files: [`src/${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': ['error', {
        patterns: [
          { group: forbidden.flatMap(other => [`**/${other}/*`, `**/${other}`]), message: `src/${folder} may import only ${allowed.join(', ') || 'nothing'} of the project.` },
          { group: ['vscode', 'node:*', 'lit', 'lit/*'], message: 'The engine runs anywhere: no editor, no Node, no page.' },
        ],
      }],
    },
  };
}

export default tseslint.config(
  { ignores: ['dist/', 'out/', '.cache/', '**/node_modules/', 'test/fixtures/', 'src/kernel/simd/', '.venv/'] },
  eslint.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' }],
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  ...Object.entries(mayImport).map(([folder, allowed]) => layer(folder, allowed)),
  {
    files: ['src/*.ts', 'webview/**/*.ts', 'src/editor/**/*.ts'],
    ignores: ['src/cli.ts', 'src/extension.ts', 'src/editor/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['vscode', 'node:*'], message: 'vscode belongs to src/editor, node: to src/cli.ts.' }] }] },
  },
  {
    files: ['src/cli/**/*.ts', 'src/cli.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['vscode', '**/editor/*', '**/kernel/*', '**/webview/*'], message: 'The command line knows the engine and its reports only.' }] }] },
  },
  {
    files: ['src/editor/**/*.ts', 'src/extension.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['node:*'], message: 'The editor part runs in a web worker too.' }] }] },
  },
  {
    files: ['webview/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['vscode', 'node:*', '**/editor/*', '**/python/*', '**/network/*', '**/rules/*'], message: 'The page knows protocol, kernel, geometry, frameworks and report only.' }] }] },
  },
  {
    files: ['*.mjs', 'scripts/**/*.mjs', 'test/**/*.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', fetch: 'readonly', Buffer: 'readonly' } },
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['test/host/stand-ins/**/*.js', 'scripts/**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { process: 'readonly', setInterval: 'readonly', require: 'readonly', module: 'writable' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
