import type { DirectoryPersonView } from "@tabard/api"
import type { PeopleSearch } from "./people-search.ts"

/** Answers the people whom the address asks for: every word of the text stands in name, email, team or manager. */
export function filterPeople(
  people: readonly DirectoryPersonView[],
  { q = "", role, off }: PeopleSearch,
): readonly DirectoryPersonView[] {
  const words = folded(q).split(/\s+/).filter(Boolean)
  return people.filter((person) => {
    if (!(person.active || off) || (role !== undefined && person.role !== role)) return false
    const told = folded(
      [person.name, person.email, person.manager?.name ?? "", ...person.teams.map(({ name }) => name)].join(
        " ",
      ),
    )
    return words.every((word) => told.includes(word))
  })
}

function folded(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase()
}
