import { idIn } from "../approvals/approvals-search.ts"

/** What the address says about which part of the record is read, and which event is unfolded. */
export interface AuditSearch {
  readonly agent?: string
  readonly type?: string
  readonly event?: string
}

const TYPE = /^[a-z][a-z0-9_.-]{0,79}$/

/** Reads the address; what it does not understand it leaves out. */
export function parseAuditSearch(raw: Readonly<Record<string, unknown>>): AuditSearch {
  const agent = idIn(raw["agent"])
  const event = idIn(raw["event"])
  const { type } = raw
  return {
    ...(agent && { agent }),
    ...(event && { event }),
    ...(typeof type === "string" && TYPE.test(type) && { type }),
  }
}
