import type { Id, ToolVersion, Upstream } from "@tabard/core"

/** Keeps the servers behind the gateway and their reviewed tools. Each sentence is a test in server-store.contract.ts. */
export interface ServerStore {
  /** Rejects where the id or the name is taken in this organisation. */
  insert(server: Upstream): Promise<void>

  /** Answers undefined where there is no such server here. */
  find(id: Id<"server">): Promise<Upstream | undefined>

  /** Answers the server that the gateway's address names. */
  findByName(name: string): Promise<Upstream | undefined>

  /** Answers the servers of these ids; one that is not here is left out. */
  findAll(ids: readonly Id<"server">[]): Promise<readonly Upstream[]>

  /** Answers every server by name. */
  list(): Promise<readonly Upstream[]>

  /** Answers a page of servers by name, those behind `after`. */
  page(query: { readonly after?: string; readonly limit: number }): Promise<readonly Upstream[]>

  /** Pins a reviewed definition in place of the tool's earlier one, which stays readable by its id. */
  pin(version: ToolVersion): Promise<void>

  /**
   * Pins a version in place of the one that was seen. Of any number for one, at once or one after another, exactly one
   * answers true; the others answer false and change nothing.
   */
  repin(seen: Id<"toolVersion">, version: ToolVersion): Promise<boolean>

  /** Answers the versions of a tool, pinned and replaced, newest first. */
  versions(tool: Pick<ToolVersion, "server" | "name">, limit: number): Promise<readonly ToolVersion[]>

  /** Answers the pinned tools of one server, or of all, one version a tool. */
  pinned(server?: Id<"server">): Promise<readonly ToolVersion[]>

  /** Answers the pinned tools of these servers, by server and name. */
  pinnedOf(servers: readonly Id<"server">[]): Promise<readonly ToolVersion[]>

  /** Answers a page of pinned tools, by server and name, those behind `after`. */
  pagePinned(query: {
    readonly after?: Pick<ToolVersion, "server" | "name">
    readonly limit: number
  }): Promise<readonly ToolVersion[]>

  /** Answers a version, pinned or replaced, by its id. */
  findVersion(id: Id<"toolVersion">): Promise<ToolVersion | undefined>
}
