import type { Id, Role, User } from "@tabard/core"

/** Which people are asked for, by name. */
export interface UserQuery {
  readonly role?: Role
  readonly active?: boolean
  /** Answers those behind this one. */
  readonly after?: Pick<User, "id" | "name">
  /** 1 to 1,000. */
  readonly limit: number
}

/** Keeps people. Each sentence below is a test in user-store.contract.ts. */
export interface UserStore {
  /** Rejects where the id or, without regard to case, the email is taken in this organisation. */
  insert(user: User): Promise<void>

  /** Keeps a person, and answers false where the email is taken without regard to case; rejects where the id is taken. */
  add(user: User): Promise<boolean>

  /** Keeps people whose emails differ from one another, but those whose email is taken; answers how many it kept. */
  addAll(users: readonly User[]): Promise<number>

  /** Calls a person otherwise; answers false where they are called so, are erased, or are not here. */
  rename(id: Id<"user">, name: string): Promise<boolean>

  /** Answers undefined where there is no such person here. */
  find(id: Id<"user">): Promise<User | undefined>

  /** Finds by email without regard to case. */
  findByEmail(email: string): Promise<User | undefined>

  /** Answers the people of these ids; one that is not here is left out. */
  findAll(ids: readonly Id<"user">[]): Promise<readonly User[]>

  /** Answers everybody, by name. */
  list(): Promise<readonly User[]>

  /**
   * Answers people who were neither erased nor removed by their provider, in the order in which they came: those behind
   * `after`, but the first `skip` of them.
   */
  inOrder(query: {
    readonly after?: Id<"user">
    readonly skip?: number
    readonly limit: number
  }): Promise<readonly User[]>

  /** Answers how many people there are who were neither erased nor removed by their provider. */
  countKnown(): Promise<number>

  /** Answers a page of people, by name, equals by id. */
  page(query: UserQuery): Promise<readonly User[]>

  /** Answers how many active administrators there are. */
  countAdministrators(): Promise<number>

  /** Gives a person another email; answers false where it is another's, is theirs already, or they are erased or not here. */
  readdress(id: Id<"user">, email: string): Promise<boolean>

  /**
   * Says that the provider removed a person who is switched off. Answers false where they are active, are removed or
   * erased already, or are not here. Who is switched on again is removed no longer.
   */
  remove(id: Id<"user">, at: Date): Promise<boolean>

  /** Switches a person on or off; answers false where there is no such person, they are erased, or nothing changed. */
  setActive(id: Id<"user">, active: boolean): Promise<boolean>

  /**
   * Takes name, email and manager of a person who is switched off away, for ever. Answers false, and changes nothing,
   * where they are active, were erased before, or are not here.
   */
  erase(id: Id<"user">, at: Date): Promise<boolean>

  /**
   * Gives a person another role. Answers false, and changes nothing, where it is theirs already, or where no active
   * administrator would be left, however many such calls come at once.
   */
  setRole(id: Id<"user">, role: Role): Promise<boolean>

  /** Switches an active person off; answers false where nobody was, or where no active administrator would be left. */
  deactivate(id: Id<"user">): Promise<boolean>

  /**
   * Says whom a person answers to, or that it is nobody. Answers false, and changes nothing, where it is so already, one
   * of them is not here, a person would stand above themselves, or more than `LONGEST_LINE` managers above one another.
   */
  setManager(id: Id<"user">, manager: Id<"user"> | null): Promise<boolean>
}
