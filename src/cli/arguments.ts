import { parseArgs } from 'node:util';

export const formats = ['text', 'json', 'sarif', 'github'] as const;
export type Format = (typeof formats)[number];

export interface CheckArguments {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly string[];
  readonly config: string | undefined;
  readonly exitZero: boolean;
  readonly stdinFilename: string | undefined;
}

export type Invocation =
  | { readonly kind: 'check'; readonly check: CheckArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly message: string };

export const help = `Reads transposed convolutions in PyTorch, Keras, TensorFlow and JAX code:
output sizes, uneven overlap (checkerboard), arguments that are rejected.

Usage: tconv check [PATH…] [options]

  PATH                     files and directories, by default the current one; -
                           is standard input. Directories are walked for .py and
                           .ipynb files; what .gitignore names is left out.

Options:
  --format FORMAT          text (default), json, sarif or github
  --select CODES           only these rules: codes (TC101), beginnings of codes
                           (TC2), names (uneven-overlap), or ALL
  --ignore CODES           not these rules
  --config FILE            settings file, instead of the nearest pyproject.toml
                           with a [tool.transposed-conv-lens] section
  --stdin-filename NAME    the name of what standard input holds; with .ipynb it
                           is a notebook
  --exit-zero              exit with 0 although there are findings
  --help, --version

Exit status: 0 nothing at warning or above, 1 findings, 2 wrong usage or a file
that cannot be read (the others are still checked).
`;

/** Reads the arguments after the program's name. */
export function parseArguments(given: readonly string[]): Invocation {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(given);
  } catch (error) {
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('. To specify');
    return wrong(message);
  }
  const { values, positionals: [command, ...paths] } = parsed;
  if (values.help || command === 'help') return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  if (command === undefined) return wrong('a command is missing: tconv check [PATH…]');
  if (command !== 'check') return wrong(`there is no command ${command}: tconv check [PATH…]`);
  const format = formats.find(each => each === (values.format ?? 'text'));
  if (format === undefined) return wrong(`there is no format ${String(values.format)}: ${formats.join(', ')}`);
  if (paths.includes('')) return wrong('a path is empty');
  return { kind: 'check', check: {
    paths: paths.length === 0 ? ['.'] : paths, format,
    select: values.select && codes(values.select), ignore: codes(values.ignore ?? []),
    config: values.config, exitZero: values['exit-zero'] ?? false, stdinFilename: values['stdin-filename'],
  } };
}

function parse(given: readonly string[]) {
  return parseArgs({
    args: [...given], allowPositionals: true, strict: true,
    options: {
      format: { type: 'string' },
      select: { type: 'string', multiple: true },
      ignore: { type: 'string', multiple: true },
      config: { type: 'string' },
      'exit-zero': { type: 'boolean' },
      'stdin-filename': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'V' },
    },
  });
}

/** `--select TC101,TC2 --select TC301` */
function codes(values: readonly string[]): readonly string[] {
  return values.flatMap(value => value.split(',')).map(code => code.trim()).filter(code => code !== '');
}

function wrong(message: string): Invocation {
  return { kind: 'wrong', message };
}
