import { Problem, visibleText } from "@tabard/core"
import type { Surroundings } from "./surroundings.ts"
import { UsageError } from "./usage-error.ts"

/** What a command that did not do its work ends with. */
export const EXIT: { readonly failed: 1; readonly usage: 2 } = { failed: 1, usage: 2 }

/**
 * Says an error to whoever typed the command, and answers the exit code. One that is not meant to be read is a fault of
 * ours: it takes one line, and its stack is there for whoever asks with NODE_DEBUG=tabard.
 */
export function explainError(
  error: unknown,
  { stderr, env }: Pick<Surroundings, "stderr" | "env">,
  args: readonly string[] = [],
): number {
  if (error instanceof UsageError || isTold(error)) {
    stderr.write(`${wordsOf(error, args)}\n`)
    return error instanceof UsageError ? EXIT.usage : EXIT.failed
  }
  stderr.write(`fault: ${onOneLine(error)}\n`)
  if (/\btabard\b/.test(env["NODE_DEBUG"] ?? "") && error instanceof Error) stderr.write(`${error.stack}\n`)
  return EXIT.failed
}

/** Errors whose words are meant for a person; those of other packages are known by their names. */
function isTold(error: unknown): error is Error {
  return (
    error instanceof Problem ||
    (error instanceof Error &&
      ["StoreProblem", "Refused", "UnreadableLog", "KeyUnavailable"].includes(error.name))
  )
}

/**
 * What a server said no with is a stranger's, and one line. Other words are ours, around what was typed, which may be a
 * stranger's too: a shell hands over the names of files.
 */
function wordsOf({ name, message }: Error, args: readonly string[]): string {
  if (name === "Refused") return visibleText(message)
  const lines = args.filter((arg) => arg.includes("\n"))
  const words = lines.reduce((text, arg) => text.replaceAll(arg, visibleText(arg)), message)
  return words.split("\n").map(visibleText).join("\n")
}

/** What a stranger sent cannot add lines or move the cursor. */
function onOneLine(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return text.replace(/[\p{Cc}\p{Cf}]/gu, " ").slice(0, 1000)
}
