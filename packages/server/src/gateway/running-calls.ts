import { type Id, type Upstream, writeLossless } from "@tabard/core"
import type { RpcId } from "./json-rpc.ts"

/** What a client says of a call of its own when it cancels it. */
export interface CallName {
  readonly instance: Id<"instance">
  readonly server: Upstream
  readonly id: RpcId
}

/**
 * Knows the calls that run, by the ids that clients gave them. Without sessions two clients of one instance may use one
 * id at once; then a cancellation names neither, and closing the connection is what cancels.
 */
export class RunningCalls {
  readonly #calls = new Map<string, Set<AbortController>>()

  /** Keeps a call until it is disposed. */
  begin(name: CallName, cancel: AbortController): Disposable {
    const key = keyOf(name)
    const calls = this.#calls.get(key) ?? new Set()
    this.#calls.set(key, calls.add(cancel))
    return {
      [Symbol.dispose]: () => {
        calls.delete(cancel)
        if (calls.size === 0) this.#calls.delete(key)
      },
    }
  }

  /** Cancels the one call of this name; where there are more, none. */
  cancel(name: CallName): void {
    const calls = [...(this.#calls.get(keyOf(name)) ?? [])]
    if (calls.length === 1) calls[0]?.abort()
  }
}

function keyOf({ instance, server, id }: CallName): string {
  return `${instance} ${server.id} ${writeLossless(id)}`
}
