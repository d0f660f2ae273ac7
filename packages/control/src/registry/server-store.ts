import type { Id, ToolVersion, Upstream } from "@tabard/core"

/** Keeps the servers behind the gateway and their reviewed tools. Each sentence is a test in server-store.contract.ts. */
export interface ServerStore {
  /** Rejects where the id or the name is taken in this organisation. */
  insert(server: Upstream): Promise<void>

  /** Answers undefined where there is no such server here. */
  find(id: Id<"server">): Promise<Upstream | undefined>

  /** Answers the server that the gateway's address names. */
  findByName(name: string): Promise<Upstream | undefined>

  /** Answers every server by name. */
  list(): Promise<readonly Upstream[]>

  /** Pins a reviewed definition in place of the tool's earlier one, which stays readable by its id. */
  pin(version: ToolVersion): Promise<void>

  /** Answers the pinned tools of one server, or of all, one version a tool. */
  pinned(server?: Id<"server">): Promise<readonly ToolVersion[]>

  /** Answers a version, pinned or replaced, by its id. */
  findVersion(id: Id<"toolVersion">): Promise<ToolVersion | undefined>
}
