// What any small program needs around it: its arguments, and words for what went wrong.
import { parseArgs } from "node:util"
import { Refused } from "@tabard/client"

const USAGE = "usage: npm run example -- --credentials FILE --task tsk_… --folder DIR [--server NAME]"

const WORDS = { type: "string" } as const
const OPTIONS = {
  credentials: WORDS,
  task: WORDS,
  folder: WORDS,
  server: { ...WORDS, default: "notes" },
  help: { type: "boolean" },
} as const

/** What the example was asked. */
export interface Asked {
  readonly file: string
  readonly task: string
  readonly folder: string
  readonly server: string
}

/** Reads the arguments; ends the program where they ask for help or cannot be followed. */
export function askedFor(args: readonly string[]): Asked {
  const { credentials: file, task, folder, server, help } = parsed(args)
  if (help) leave(0, USAGE)
  if (!file || !task || !folder) leave(2, `--credentials, --task and --folder are needed\n${USAGE}`)
  return { file, task, folder, server }
}

/** What went wrong, innermost words last: what the server said no with, or why it could not be asked. */
export function inOneSentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof Refused) return `Tabard said no: ${error.message}`
  return error.cause === undefined ? error.message : `${error.message}: ${inOneSentence(error.cause)}`
}

function parsed(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"] {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values
  } catch (error) {
    leave(2, `${error instanceof Error ? error.message : "wrong arguments"}\n${USAGE}`)
  }
}

function leave(code: 0 | 2, words: string): never {
  if (code === 0) console.log(words)
  else console.error(words)
  process.exit(code)
}
