import { type ParseArgsConfig, parseArgs } from "node:util"
import type { UsageError } from "../usage-error.ts"

type Options = NonNullable<ParseArgsConfig["options"]>
type Told<Known extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: Known; allowPositionals: true }>
>

/** Says what is wrong with the arguments, and how the command is used. */
export type Usage = (message: string) => UsageError

/** What a command was told, by the options that it knows. Throws a UsageError for every other. */
export function toldOptions<const Known extends Options>(
  args: readonly string[],
  options: Known,
  usage: Usage,
): Told<Known> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw usage(error instanceof Error ? error.message : "unknown arguments")
  }
}

/** The word that was said, where it is one of `words`; undefined where none was said. */
export function oneOf<Word extends string>(
  words: readonly Word[],
  said: string | undefined,
  { noun, usage }: { readonly noun: string; readonly usage: Usage },
): Word | undefined {
  const word = words.find((each) => each === said)
  if (said === undefined || word) return word
  throw usage(`there is no ${noun} ${JSON.stringify(said)}: use ${words.join(", ")}`)
}

/** How something is written: as `--format` says, as JSON where `--json` does, otherwise for a person. */
export function formatOf<Format extends string>(
  formats: readonly Format[],
  { format, json }: { readonly format?: string | undefined; readonly json?: boolean | undefined },
  usage: Usage,
): Format | "json" | "pretty" {
  const named = oneOf(formats, format, { noun: "format", usage })
  if (!json) return named ?? "pretty"
  if (named && named !== "json") throw usage(`--json and --format ${named} contradict each other`)
  return "json"
}
