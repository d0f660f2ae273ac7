import { type Id, LONGEST_LINE, type User } from "@tabard/core"

/** Answers who to ask first to own what a person owned: the nearest manager above them who is active. Pure. */
export function nextOwner(left: User, people: ReadonlyMap<Id<"user">, User>): User | undefined {
  let above = left.manager && people.get(left.manager)
  for (let steps = 0; above && !above.active && steps < LONGEST_LINE; steps++) {
    above = above.manager && people.get(above.manager)
  }
  return above?.active ? above : undefined
}
