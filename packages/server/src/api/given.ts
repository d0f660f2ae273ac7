/** What is left of a value where a member that is undefined is absent. */
export type Given<Value> = { [Name in keyof Value]?: Exclude<Value[Name], undefined> }

/** Answers what a request asks for without what it says nothing of: a store takes no member that is undefined. */
export function given<Value extends object>(value: Value): Given<Value> {
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same members, without those that are undefined
  return Object.fromEntries(members) as Given<Value>
}
