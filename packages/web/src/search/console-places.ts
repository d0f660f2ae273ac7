import type { Role } from "@tabard/core"
import { placesFor } from "../shell/places.ts"
import { useSignedIn } from "../shell/signed-in-context.ts"
import type { Entry, EntryGroup } from "./entries.ts"

/** Something that can be done in the console, and who may; everybody where nobody is named. */
interface Act extends Pick<Entry, "title" | "leadsTo" | "icon"> {
  readonly roles?: readonly Role[]
}

const STEWARDS: readonly Role[] = ["administrator", "security"]

const ACTS: readonly Act[] = [
  { title: "Invite a person", leadsTo: "/people", icon: "plus", roles: ["administrator"] },
  { title: "Make a team", leadsTo: "/people?tab=teams", icon: "plus", roles: ["administrator"] },
  { title: "Enter an agent by hand", leadsTo: "/agents", icon: "plus", roles: STEWARDS },
  { title: "Import or export the register", leadsTo: "/agents", icon: "copy", roles: STEWARDS },
  { title: "Enrol a machine", leadsTo: "/sources", icon: "plus", roles: STEWARDS },
  { title: "Scan again", leadsTo: "/scans", icon: "scan", roles: STEWARDS },
  { title: "Register a server", leadsTo: "/servers?list=gateway", icon: "plus", roles: ["administrator"] },
  { title: "Your account and sessions", leadsTo: "/account", icon: "people" },
]

/** Answers the pages of the console, and what can be done there, as far as the person who is signed in has them. */
export function usePlaces(): readonly EntryGroup[] {
  const { role } = useSignedIn().user
  const pages = placesFor(role === "member" ? "member" : "whole").flatMap(({ places }) => places)
  const acts = ACTS.filter(({ roles }) => roles?.includes(role) ?? true)
  return [
    {
      label: "Go to",
      entries: pages.map(({ to, label, icon }) => entry({ title: label, leadsTo: to, icon })),
    },
    { label: "Do", entries: acts.map(entry) },
  ]
}

function entry({ title, leadsTo, icon }: Act): Entry {
  return { id: `place-${title.replaceAll(" ", "-")}`, title, context: "", at: null, icon, leadsTo }
}
