import { type ClientGrant, type Id, isId } from "@tabard/core"

/**
 * Answers what the library calls a grant: which of ours it stands for, which sign-in of it (each has an instance of its
 * own), and which of its person's agreements.
 */
export function libraryGrantId(
  { id, instance }: Pick<ClientGrant, "id" | "instance">,
  agreement: string,
): string {
  return `${id}.${instance ?? ""}.${agreement}`
}

/** Answers which of our grants the library's stands for. */
export function clientGrantOf(libraryGrant: string): Id<"clientGrant"> | undefined {
  const [grant] = libraryGrant.split(".")
  return isId("clientGrant", grant) ? grant : undefined
}

/** Answers the instance of the sign-in that the library's grant was made in. */
export function instanceOf(libraryGrant: string): Id<"instance"> | undefined {
  const [, instance] = libraryGrant.split(".")
  return isId("instance", instance) ? instance : undefined
}
