import { type AgentsSearch, parseAgentsSearch } from "./agents-search.ts"

/** What of an address is of the moment, and of no view: who is picked and what is open. */
const OF_THE_MOMENT: readonly string[] = ["pick", "agent"]

/** Answers what of an address makes a view: filters, order and columns. */
export function viewSearchOf(search: AgentsSearch): string {
  const said = Object.entries<string | undefined>({ ...search }).flatMap(([name, value]) =>
    value === undefined || OF_THE_MOMENT.includes(name) ? [] : [[name, value] as [string, string]],
  )
  return new URLSearchParams(said.toSorted(([a], [b]) => (a < b ? -1 : 1))).toString()
}

/** Reads a view's search back; what this console does not understand it leaves out. */
export function searchOfView(search: string): AgentsSearch {
  return parseAgentsSearch(Object.fromEntries(new URLSearchParams(search)))
}
