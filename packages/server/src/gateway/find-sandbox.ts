import { Problem } from "@tabard/core"
import { findProgram } from "./find-program.ts"
import type { Sandbox } from "./stdio-sandbox.ts"

/** Where the sandbox is looked for: never in a PATH that somebody else could set. */
const SYSTEM_PATH = "/usr/bin:/bin:/usr/local/bin"

/**
 * Answers the sandbox that upstream programs run in.
 *
 * @throws {Problem} body_invalid, where it is demanded and not installed
 */
export async function findSandbox(
  kind: "bubblewrap" | "none",
  ownFolders: readonly string[],
): Promise<Sandbox> {
  if (kind === "none") return { kind, ownFolders }
  const command = await findProgram("bwrap", SYSTEM_PATH)
  if (command) return { kind, command, ownFolders }
  throw new Problem(
    "body_invalid",
    "upstream servers run in bubblewrap here, and it is not installed: install bubblewrap",
  )
}
