import { parse, TomlError } from 'smol-toml';
import type { Rule, Severity, SeveritySetting } from './rules/rule';

/** What a project says in `pyproject.toml` under `[tool.transposed-conv-lens]`. */
export interface ProjectSettings {
  /** Only these rules, where given: codes, names, or beginnings of codes (`TC2`). */
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly string[];
  /** By rule code. */
  readonly severities: Readonly<Record<string, SeveritySetting>>;
  /** Patterns as in `.gitignore`, relative to the file's folder, of paths that a walk leaves out. */
  readonly exclude: readonly string[];
  readonly kerasVersion: 2 | 3 | undefined;
  readonly imageDataFormat: 'channels_last' | 'channels_first' | undefined;
}

export interface SettingsReading {
  /** `undefined` where the text has no section of ours. What is wrong in it is left out. */
  readonly settings: ProjectSettings | undefined;
  /** One sentence each, with the line where it is known. */
  readonly problems: readonly string[];
}

export const emptySettings: ProjectSettings = {
  select: undefined, ignore: [], severities: {}, exclude: [], kerasVersion: undefined, imageDataFormat: undefined,
};

const severitySettings: readonly SeveritySetting[] = ['error', 'warning', 'information', 'hint', 'off'];

/**
 * Reads the settings of a project from the text of its `pyproject.toml`. Pure; never throws.
 *
 * ```toml
 * [tool.transposed-conv-lens]
 * ignore = ["TC301"]
 * exclude = ["third_party/"]
 * keras-version = 2
 *
 * [tool.transposed-conv-lens.rules]
 * uneven-overlap = "error"
 * TC104 = "information"
 * ```
 *
 * @param rules the rules that exist, by which codes and names are checked.
 * @param options.wholeFile take the top of the file for the section where it has no `[tool]` of ours:
 *   for a file of its own, named on the command line.
 */
export function readProjectSettings(
  text: string, rules: readonly Rule[], options: { readonly wholeFile?: boolean } = {},
): SettingsReading {
  let document: unknown;
  try {
    document = parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { settings: undefined, problems: [describeTomlError(error)] };
  }
  const tool = isTable(document) && isTable(document['tool']) ? document['tool'] : {};
  const section = tool['transposed-conv-lens'] ?? (options.wholeFile ? document : undefined);
  if (section === undefined) return { settings: undefined, problems: [] };
  if (!isTable(section)) return { settings: undefined, problems: ['tool.transposed-conv-lens must be a table'] };
  return readSection(section, rules);
}

function readSection(section: Table, rules: readonly Rule[]): SettingsReading {
  const problems: string[] = [];
  const settings: { -readonly [Key in keyof ProjectSettings]: ProjectSettings[Key] } = { ...emptySettings };

  const strings = (key: string, value: unknown): readonly string[] => {
    if (Array.isArray(value) && value.every(item => typeof item === 'string')) return value as string[];
    problems.push(`${key} must be a list of strings`);
    return [];
  };
  const selectors = (key: string, value: unknown): readonly string[] => strings(key, value).filter(selector => {
    if (matchingRules(selector, rules).length > 0) return true;
    problems.push(`${key}: there is no rule ${selector}`);
    return false;
  });

  for (const [key, value] of Object.entries(section)) {
    switch (key) {
      case 'select': settings.select = selectors(key, value); break;
      case 'ignore': settings.ignore = selectors(key, value); break;
      case 'exclude': settings.exclude = strings(key, value); break;
      case 'rules': settings.severities = readSeverities(value, rules, problems); break;
      case 'keras-version':
        if (value === 2 || value === 3) settings.kerasVersion = value;
        else problems.push('keras-version must be 2 or 3');
        break;
      case 'image-data-format':
        if (value === 'channels_last' || value === 'channels_first') settings.imageDataFormat = value;
        else problems.push('image-data-format must be "channels_last" or "channels_first"');
        break;
      default: problems.push(`there is no setting ${key}`);
    }
  }
  return { settings, problems };
}

function readSeverities(value: unknown, rules: readonly Rule[], problems: string[]): Readonly<Record<string, SeveritySetting>> {
  if (!isTable(value)) {
    problems.push('rules must be a table');
    return {};
  }
  const severities: Record<string, SeveritySetting> = {};
  for (const [selector, setting] of Object.entries(value)) {
    const severity = severitySettings.find(each => each === setting);
    const matching = matchingRules(selector, rules);
    if (matching.length === 0) problems.push(`rules: there is no rule ${selector}`);
    else if (severity === undefined) problems.push(`rules: ${selector} must be one of ${severitySettings.join(', ')}`);
    else for (const rule of matching) severities[rule.code] = severity;
  }
  return severities;
}

/** The rules that a code, a name or the beginning of a code (`TC2`) stands for; `ALL` is every rule. */
export function matchingRules(selector: string, rules: readonly Rule[]): readonly Rule[] {
  if (selector.toUpperCase() === 'ALL') return rules;
  const isPrefix = /^TC\d*$/i.test(selector);
  return rules.filter(rule =>
    rule.name === selector.toLowerCase() || (isPrefix && rule.code.startsWith(selector.toUpperCase())));
}

export interface Selection {
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly string[];
}

/**
 * The severity of every rule once selections are applied, later ones over earlier ones. A rule that is off
 * by default is switched on by naming it whole (code, name), not by the beginning of its code.
 */
export function selectRules(
  rules: readonly Rule[],
  severities: Readonly<Record<string, SeveritySetting>>,
  selections: readonly Selection[],
): Readonly<Record<string, SeveritySetting>> {
  const result: Record<string, SeveritySetting> = {};
  for (const rule of rules) {
    let severity = severities[rule.code] ?? rule.severity;
    for (const { select, ignore } of selections) {
      if (select !== undefined) severity = severityWhenSelected(rule, severity, select, rules);
      if (ignore.some(selector => matchingRules(selector, rules).includes(rule))) severity = 'off';
    }
    result[rule.code] = severity;
  }
  return result;
}

function severityWhenSelected(
  rule: Rule, current: SeveritySetting, select: readonly string[], rules: readonly Rule[],
): SeveritySetting {
  const selectors = select.filter(selector => matchingRules(selector, rules).includes(rule));
  if (selectors.length === 0) return 'off';
  if (current !== 'off') return current;
  const named = selectors.some(selector => [rule.code, rule.name.toUpperCase()].includes(selector.toUpperCase()));
  const onByDefault: Severity = rule.severity === 'off' ? 'information' : rule.severity;
  return named ? onByDefault : 'off';
}

type Table = Readonly<Record<string, unknown>>;

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function describeTomlError(error: unknown): string {
  if (!(error instanceof TomlError)) return 'not a TOML file';
  const [first = ''] = error.message.split('\n');
  return `line ${error.line}: ${first.replace(/^Invalid TOML document: /, '')}`;
}
