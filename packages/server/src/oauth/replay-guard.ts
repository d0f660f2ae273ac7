import { hash } from "node:crypto"
import type { ReplayStore, Transact } from "@tabard/control"

/** Answers true once for whatever may be used once. */
export type ReplayGuard = Pick<ReplayStore, "take">

/** Takes single uses durably: of any number of presenters at once, on any number of replicas, one wins. */
export function replayGuard(shelf: { readonly transact: Transact<"replays"> }): ReplayGuard {
  return {
    take: (namespace, key, expiresAt) =>
      shelf.transact(({ replays }) => replays.take(namespace, key, expiresAt)),
  }
}

/** Answers one short key for a presenter and the id that it chose, however long that is. */
export function replayKey(presenter: string, jti: string): string {
  return hash("sha256", `${presenter}\n${jti}`, "base64url")
}
