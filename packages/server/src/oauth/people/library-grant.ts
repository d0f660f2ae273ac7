import { type Id, isId } from "@tabard/core"

/** Answers what the library calls a grant: which of ours it stands for, and which of its person's agreements it is. */
export function libraryGrantId(grant: string, agreement: string): string {
  return `${grant}.${agreement}`
}

/** Answers which of our grants the library's stands for. */
export function clientGrantOf(libraryGrant: string): Id<"clientGrant"> | undefined {
  const [grant = ""] = libraryGrant.split(".", 1)
  return isId("clientGrant", grant) ? grant : undefined
}
