import { join, resolve } from "node:path"
import { Problem } from "@tabard/core"
import {
  DEFAULT_STANDARDS,
  NO_TOOLS,
  readStandards,
  readToolCatalogue,
  type Standards,
  type ToolCatalogue,
} from "@tabard/intent"
import { UsageError } from "../usage-error.ts"
import { readBounded, UnusableFile } from "./read-bounded.ts"

const STANDARDS_FILE = "tabard.standards.yaml"
const TOOLS_FILE = "tabard.tools.json"
const LARGEST_STANDARDS = 1024 * 1024
const LARGEST_TOOLS = 64 * 1024 * 1024

/** Answers the standards of a file, of the one that lies here, or what ships. One that cannot be read is refused: others would be in force. */
export async function readTheStandards(named: string | null, cwd: string): Promise<Standards> {
  const text = await readNamed(named, join(cwd, STANDARDS_FILE), { cwd, largest: LARGEST_STANDARDS })
  return text === null ? DEFAULT_STANDARDS : parsed(named ?? STANDARDS_FILE, () => readStandards(text))
}

/** Answers the definitions of tools of a file, or of the one that lies here; without either nothing is known of any tool. */
export async function readTheTools(named: string | null, cwd: string): Promise<ToolCatalogue> {
  const text = await readNamed(named, join(cwd, TOOLS_FILE), { cwd, largest: LARGEST_TOOLS })
  return text === null ? NO_TOOLS : parsed(named ?? TOOLS_FILE, () => readToolCatalogue(text))
}

async function readNamed(
  named: string | null,
  usual: string,
  { cwd, largest }: { readonly cwd: string; readonly largest: number },
): Promise<string | null> {
  try {
    return await readBounded(named === null ? usual : resolve(cwd, named), largest)
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error
    if (named === null && error.message.includes("ENOENT")) return null
    throw new UsageError(`${JSON.stringify(named ?? usual)} is of no use: ${error.message}`)
  }
}

function parsed<Result>(file: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (error instanceof Problem) throw new UsageError(`${JSON.stringify(file)}: ${error.message}`)
    throw error
  }
}
