import type { Id, User } from "@tabard/core"

/** Keeps people. Each sentence below is a test in user-store.contract.ts. */
export interface UserStore {
  /** Rejects where the id or, without regard to case, the email is taken in this organisation. */
  insert(user: User): Promise<void>

  /** Answers undefined where there is no such person here. */
  find(id: Id<"user">): Promise<User | undefined>

  /** Finds by email without regard to case. */
  findByEmail(email: string): Promise<User | undefined>

  /** Answers everybody, by name. */
  list(): Promise<readonly User[]>

  /** Answers how many active administrators there are. */
  countAdministrators(): Promise<number>

  /** Switches a person on or off; answers false where there is no such person or nothing changed. */
  setActive(id: Id<"user">, active: boolean): Promise<boolean>
}
