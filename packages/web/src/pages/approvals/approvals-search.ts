/** Which question the address names. */
export interface ApprovalsSearch {
  readonly question?: string
}

const ID = /^[a-z]{3}_[0-9A-Za-z_-]{1,70}$/

/** Reads the address; what it does not understand it leaves out. */
export function parseApprovalsSearch(raw: Readonly<Record<string, unknown>>): ApprovalsSearch {
  const question = idIn(raw["question"])
  return question ? { question } : {}
}

/** Answers an id out of the address, or undefined for anything that is none. */
export function idIn(value: unknown): string | undefined {
  return typeof value === "string" && ID.test(value) ? value : undefined
}
