import { type Id, Recent } from "@tabard/core"

/** As many servers as are asked about at once. */
const MOST = 1_000

/** Answers which server a name is; undefined where none is registered. */
type ReadServer = (name: string) => Promise<Id<"server"> | undefined>

/** Knows which server a name is, so that a question asked again costs no reading: servers keep their names, and stay. */
export class KnownServers {
  readonly #read: ReadServer
  readonly #known = new Recent<Id<"server">>(MOST)

  constructor(read: ReadServer) {
    this.#read = read
  }

  /** Answers the server of this name; undefined where none is registered, which is read each time. */
  async find(name: string): Promise<Id<"server"> | undefined> {
    const known = this.#known.get(name)
    if (known) return known
    const found = await this.#read(name)
    if (found) this.#known.set(name, found)
    return found
  }
}
