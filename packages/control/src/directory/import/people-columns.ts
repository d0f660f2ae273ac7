/** The columns of a file of people, in the order in which they are written. */
export const PEOPLE_COLUMNS = ["email", "name", "role", "manager", "teams", "state"] as const

/** One column of a file of people. */
export type PeopleColumn = (typeof PEOPLE_COLUMNS)[number]

/** What else people call a column; spaces, case and punctuation say nothing. */
const ALSO: Readonly<Record<string, PeopleColumn>> = {
  displayname: "name",
  emailaddress: "email",
  fullname: "name",
  mail: "email",
  manageremail: "manager",
  team: "teams",
}

/** Answers the column that a header names, however it is spelt. */
export function peopleColumnCalled(header: string): PeopleColumn | undefined {
  const spelt = header.toLowerCase().replace(/[^a-z]/g, "")
  return PEOPLE_COLUMNS.find((column) => column === spelt) ?? ALSO[spelt]
}
