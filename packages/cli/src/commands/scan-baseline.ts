import { open } from "node:fs/promises"
import { type Baseline, MalformedBaseline, parseBaseline } from "@tabard/scan"
import { usage } from "./scan-arguments.ts"

/** Far more than a report of ten thousand agents. */
const LARGEST = 128 * 1024 * 1024

/** Answers the baseline in a file. Throws a UsageError where it has none: without it old findings would pass for new, or new for old. */
export async function readBaseline(path: string): Promise<Baseline> {
  const text = await boundedText(path)
  try {
    return parseBaseline(text)
  } catch (error) {
    if (error instanceof MalformedBaseline) throw refused(path, error.message)
    throw error
  }
}

async function boundedText(path: string): Promise<string> {
  try {
    await using file = await open(path)
    const about = await file.stat()
    if (!about.isFile()) throw refused(path, "it is no file")
    if (about.size > LARGEST) throw refused(path, "it is larger than any report")
    return await file.readFile("utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error)
      throw refused(path, `it cannot be read (${String(error.code)})`)
    throw error
  }
}

function refused(path: string, why: string): Error {
  return usage(
    `--baseline ${JSON.stringify(path)} is of no use: ${why}. Write one with: tabard scan --json > FILE`,
  )
}
