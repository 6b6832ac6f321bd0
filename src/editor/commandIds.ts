/** The commands of package.json, and the arguments that our own links give them. */
export interface CommandArguments {
  readonly openPlayground: PlaceArgument | undefined;
  readonly openRule: string | undefined;
  readonly openSample: undefined;
  readonly toggleSizes: undefined;
  readonly toggleAllSizes: undefined;
  readonly setInputShape: PlaceArgument | undefined;
  readonly showProblems: undefined;
  readonly showModelShapes: undefined;
  /** Not in the palette: for rows of the view. */
  readonly showPlace: PlaceArgument | undefined;
  readonly showLog: undefined;
}

export type CommandName = keyof CommandArguments;

/** A position in a text document, as plain JSON. */
export interface PlaceArgument {
  readonly uri: string;
  /** 0-based, as in the editor. */
  readonly line: number;
  readonly character: number;
}

export function commandId(name: CommandName): string {
  return `transposedConvLens.${name}`;
}

/** What Markdown of ours may call: nothing but this. */
export const linkableCommands: readonly string[] = [commandId('openPlayground'), commandId('openRule'), commandId('setInputShape')];

/** A `command:` address for Markdown. */
export function commandLink<Name extends CommandName>(name: Name, argument: CommandArguments[Name]): string {
  return `command:${commandId(name)}?${encodeURIComponent(JSON.stringify([argument]))}`;
}

export function isPlace(value: unknown): value is PlaceArgument {
  if (typeof value !== 'object' || value === null) return false;
  const { uri, line, character } = value as Partial<Record<keyof PlaceArgument, unknown>>;
  return typeof uri === 'string' && Number.isSafeInteger(line) && Number.isSafeInteger(character);
}
