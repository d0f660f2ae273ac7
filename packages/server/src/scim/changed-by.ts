import type { AskedAct } from "@tabard/control"

/** The address of the door below the public one. */
export const SCIM_PATH = "/scim/v2"

/**
 * Answers whom or which team a request changes. Somebody who is new governs nobody yet, and neither does a team. An address in
 * another spelling than ours, which a router may still understand, counts as one that changes everybody's.
 */
export function changedBy({ url }: Pick<Request, "url">): AskedAct["changes"] {
  const [, kind, id] = PLAIN.exec(new URL(url).pathname) ?? []
  if (kind === undefined) return "everybodys"
  if (id === undefined) return []
  return [{ kind: kind === "Users" ? "person" : "team", id }]
}

const PLAIN = new RegExp(`^${SCIM_PATH}/(Users|Groups)(?:/([A-Za-z0-9_-]+))?$`)
