import type { ArgumentRole, EffectClass, Id, JsonObject } from "@tabard/core"

/** A tool as it was reviewed and pinned: what a policy's action stands for. */
export interface PinnedTool {
  readonly server: Id<"server">
  readonly name: string
  /** Of the whole definition; a call under another digest is refused. */
  readonly digest: string
  readonly inputSchema: JsonObject
  readonly effects: readonly EffectClass[]
  /** What each argument is for, so that one guard-rail serves every tool. */
  readonly roles: Readonly<Record<string, readonly ArgumentRole[]>>
}

/** The id of the Cedar action that stands for a tool. */
export function actionId(tool: Pick<PinnedTool, "server" | "name">): string {
  return `${tool.server}/${tool.name}`
}

/** Answers whether an argument plays a role; what no registration says plays none. */
export function hasRole(tool: PinnedTool, argument: string, role: ArgumentRole): boolean {
  return Object.hasOwn(tool.roles, argument) && (tool.roles[argument]?.includes(role) ?? false)
}
