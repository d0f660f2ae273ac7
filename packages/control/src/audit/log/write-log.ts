import type { NoteSigner, Sha256, TileStore, TreeHead } from "@tabard/log"
import type { Snapshot, Transact } from "../../transaction.ts"
import type { RecordContext } from "../event/audit-event.ts"
import type { LogState, LogStateStore } from "./log-state-store.ts"

/** What every step of writing the newest log needs. */
export interface WriteLogDeps extends RecordContext {
  readonly transact: Transact<"keys" | "leases" | "logCheckpoints" | "logs" | "logState" | "outbox">
  readonly snapshot: Snapshot<"logs" | "logState" | "logCheckpoints" | "outbox">
  readonly tiles: TileStore
  readonly sha256: Sha256
  /** The key of the newest log, by its origin's name. */
  readonly signer: NoteSigner
  /** The fencing number of the lease that this runs under. */
  readonly fence: number
}

/** The lease was lost: somebody else publishes now, and nothing of this round counts. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost"
}

/**
 * Moves the state, in the caller's transaction.
 *
 * @throws {LeaseLost} where somebody else has moved it, or holds the lease
 */
export async function advance(
  logState: Pick<LogStateStore, "advance">,
  { from, to, fence }: { readonly from: LogState; readonly to: LogState; readonly fence: number },
): Promise<LogState> {
  if (await logState.advance(from, to, fence)) return to
  throw anotherWentOn()
}

/** What stops a publisher that is not the newest. */
export function anotherWentOn(): LeaseLost {
  return new LeaseLost("another publisher has gone on")
}

/** Answers the head of the newest log that its tiles give. */
export function headOf({ integrated, base, root }: LogState): TreeHead {
  return { size: integrated - base, root: new Uint8Array(Buffer.from(root, "base64")) }
}

/** Answers the state at the beginning of a log. */
export function beginningOf(
  { generation, base, origin }: Pick<LogState, "generation" | "base" | "origin">,
  sha256: Sha256,
): LogState {
  const root = Buffer.from(sha256(new Uint8Array())).toString("base64")
  return {
    generation,
    base,
    origin,
    sequenced: base,
    integrated: base,
    root,
    published: base,
    checkpoint: null,
  }
}
