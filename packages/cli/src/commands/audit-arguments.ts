import { readFile } from "node:fs/promises"
import { resolve } from "node:path"
import { Problem } from "@tabard/core"
import { UsageError } from "../usage-error.ts"

/** Reads arguments as they are declared; undefined asks for help. What cannot be read is said with the usage. */
export function readArguments<Asked>(usage: string, read: () => Asked | undefined): Asked | undefined {
  try {
    return read()
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${usage}`)
  }
}

/** Answers a whole number from 0 on, as it was typed after an option. */
export function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(number)) throw new UsageError(`${option} takes a whole number from 0 on`)
  return number
}

/** Answers the id of an event, which is safe to be part of a path. */
export function eventId(text: string | undefined): string {
  if (text !== undefined && /^[a-z]{3}_[0-9a-z-]{1,80}$/i.test(text)) return text
  throw new UsageError("name one event by its id (evt_…), as the console and the API show it")
}

/** Reads a file that a person has named. */
export async function namedFile(cwd: string, path: string, what: string): Promise<Uint8Array> {
  return readFile(resolve(cwd, path)).catch((cause: unknown) => {
    throw new Problem("body_invalid", `${what} ${path} cannot be read; name a file that you kept`, { cause })
  })
}
