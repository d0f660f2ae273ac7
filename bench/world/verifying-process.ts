import { performance } from "node:perf_hooks"
import { parseVerifierKey, verifyLog } from "@tabard/log"
import { fileTileStore } from "@tabard/log/files"
import { sha256, verifySignature } from "@tabard/log/node"
import { serveUntilLetGo } from "./child.ts"

/** What verifying a log took, in a process that does nothing else. */
export interface Verified {
  readonly size: number
  readonly milliseconds: number
  /** The most memory that the process had at once, in bytes. */
  readonly peakBytes: number
}

const [directory = "", verifierKey = ""] = process.argv.slice(2)
const started = performance.now()
const verification = await verifyLog(
  { tiles: fileTileStore(directory), sha256, verifySignature },
  { key: parseVerifierKey(sha256, verifierKey) },
)
if (!verification.ok) throw new Error(verification.reason)
await serveUntilLetGo({
  size: verification.size,
  milliseconds: performance.now() - started,
  peakBytes: process.resourceUsage().maxRSS * 1024,
} satisfies Verified)
