import { open } from "node:fs/promises"

/** Syncs directories, so that the names in them stay; whoever asks before a sync begins is served by it. */
export class DirectorySyncs {
  readonly #next = new Map<string, Promise<void>>()
  /** When the last sync that was asked for is over, however it ended. */
  readonly #over = new Map<string, Promise<void>>()

  /** Answers once every name that was in the directory when this was called is on the disk. */
  sync(path: string): Promise<void> {
    const next = this.#next.get(path) ?? this.#after(path, this.#over.get(path))
    this.#next.set(path, next)
    return next
  }

  #after(path: string, before: Promise<void> = Promise.resolve()): Promise<void> {
    // One that runs already may have read the directory before the caller's name was in it.
    const syncing = before.then(() => {
      this.#next.delete(path)
      return syncDirectory(path)
    })
    const over: Promise<void> = syncing.catch(() => undefined).then(() => this.#forget(path, over))
    this.#over.set(path, over)
    return syncing
  }

  #forget(path: string, over: Promise<void>): void {
    if (this.#over.get(path) === over) this.#over.delete(path)
  }
}

async function syncDirectory(path: string): Promise<void> {
  await using directory = await open(path)
  await directory.sync()
}
