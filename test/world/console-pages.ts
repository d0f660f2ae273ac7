import { readFileSync } from "node:fs"
import type { Client } from "@tabard/api"

const ROUTES = new URL("../../packages/web/src/routes.ts", import.meta.url)

/** One thing of each kind that a page can show. */
export interface ShownThings {
  readonly agent: string
  readonly finding: string
  readonly server: string
  readonly credential: string
  readonly scan: string
  readonly registered: string
  readonly person: string
  readonly team: string
  readonly decision: string
}

/** One look at the console: the route, what the picture is called, and the address. */
export interface ConsolePage {
  readonly route: string
  readonly name: string
  readonly path: string
}

type Looks = Readonly<Record<string, string>>

/** Every route of the console with the looks that are worth one, by the name of the picture. */
const LOOKS: Readonly<Record<string, (shown: ShownThings) => Looks>> = {
  "/": () => ({ overview: "/" }),
  "/agents": ({ agent }) => ({
    "agents-drawer": `/agents?agent=${agent}`,
    agents: "/agents",
    "agents-narrowed": "/agents?band=high",
    "agents-none": "/agents?q=zzzz",
  }),
  "/agents/$id": ({ agent }) => ({
    agent: `/agents/${agent}`,
    ...Object.fromEntries(
      ["access", "findings", "about", "seen", "manifest", "tasks", "identity", "history"].map((tab) => [
        `agent-${tab}`,
        `/agents/${agent}?tab=${tab}`,
      ]),
    ),
  }),
  "/approvals": () => ({ approvals: "/approvals", "approvals-answered": "/approvals?state=approved" }),
  "/findings": ({ finding }) => ({
    findings: "/findings",
    finding: `/findings?finding=${finding}`,
    rules: "/findings?by=rules",
  }),
  "/servers": ({ server, registered }) => ({
    servers: "/servers",
    server: `/servers?server=${server}`,
    "servers-gateway": "/servers?list=gateway",
    "server-gateway": `/servers?list=gateway&server=${registered}`,
  }),
  "/credentials": ({ credential }) => ({
    credentials: "/credentials",
    credential: `/credentials?credential=${credential}`,
    "credentials-gone": "/credentials?vanished=yes",
  }),
  "/systems": () => ({ systems: "/systems" }),
  "/scans": ({ scan }) => ({ scans: "/scans", scan: `/scans?scan=${scan}` }),
  "/sources": () => ({ sources: "/sources" }),
  "/policies": ({ agent }) => ({
    policies: "/policies",
    "policies-agent": `/policies?agent=${agent}`,
    "policies-guard-rails": "/policies?tab=guard-rails",
    "policies-tiers": "/policies?tab=tiers",
    "policies-sets": "/policies?tab=sets&set=payees",
    "policies-tools": "/policies?tab=tools",
    "policies-tests": "/policies?tab=tests",
  }),
  "/people": ({ person, team }) => ({
    people: "/people",
    person: `/people?person=${person}`,
    teams: "/people?tab=teams",
    team: `/people?tab=teams&team=${team}`,
  }),
  "/audit": () => ({ audit: "/audit" }),
  "/decisions": ({ decision }) => ({
    decisions: "/decisions",
    decision: `/decisions?decision=${decision}`,
    "decision-what-if": `/decisions?decision=${decision}&part=what-if`,
    "decisions-none": "/decisions?code=judges_disagree",
  }),
  "/settings": () => ({
    settings: "/settings",
    "settings-sign-in": "/settings?tab=sign-in",
    "settings-clients": "/settings?tab=clients",
    "settings-trust": "/settings?tab=trust",
    "settings-issuer": "/settings?tab=issuer",
    "settings-provisioning": "/settings?tab=provisioning",
    "settings-tokens": "/settings?tab=tokens",
    "settings-notifications": "/settings?tab=notifications",
    "settings-export": "/settings?tab=export",
    "settings-signals": "/settings?tab=signals",
    "settings-about": "/settings?tab=about",
  }),
  "/account": () => ({
    account: "/account",
    "account-sessions": "/account?tab=sessions",
    "account-clients": "/account?tab=clients",
    "account-tokens": "/account?tab=tokens",
    "account-notifications": "/account?tab=notifications",
  }),
}

/** Only leads elsewhere, and shows nothing to whoever is signed in. */
const WITHOUT_A_LOOK = ["/sign-in"]

/** Answers every page of the console, in the order of its routes. @throws where a route has no look, or a look no route */
export function consolePages(shown: ShownThings): readonly ConsolePage[] {
  const routes = consoleRoutes()
  const unknown = Object.keys(LOOKS).filter((route) => !routes.includes(route))
  if (unknown.length > 0) throw new Error(`no such route: ${unknown.join(", ")}`)
  return routes
    .filter((route) => !WITHOUT_A_LOOK.includes(route))
    .flatMap((route) => {
      const looks = LOOKS[route]
      if (!looks) throw new Error(`${route} has no look: name one in test/world/console-pages.ts`)
      return Object.entries(looks(shown)).map(([name, path]) => ({ route, name, path }))
    })
}

/** Answers the routes of the console as its own table of routes names them. */
function consoleRoutes(): readonly string[] {
  const text = readFileSync(ROUTES, "utf8")
  return [...text.matchAll(/\bpath: "([^"]+)"/g)].flatMap(([, path]) => path ?? [])
}

/** Answers one thing of each kind that there is. */
export async function thingsToShow(api: Client): Promise<ShownThings> {
  const first = ({ items }: { items: readonly { readonly id: string }[] }): string => items[0]?.id ?? "none"
  const agents = (await api.listAgents({ limit: 1000 })).items
  const credentials = (await api.listCredentials({ limit: 200 })).items
  const servers = (await api.listObservedServers({ limit: 200 })).items
  return {
    agent: agents.find(({ name }) => name === "Invoice bot")?.id ?? agents[0]?.id ?? "none",
    finding: first(await api.listFindings({ state: "open", limit: 1 })),
    server: servers.find(({ flags }) => flags.length > 0)?.id ?? "none",
    credential: credentials.toSorted((a, b) => b.agentCount - a.agentCount)[0]?.id ?? "none",
    scan: first(await api.listScans({})),
    registered: first(await api.listServers({})),
    person: first(await api.listPeople({ limit: 1 })),
    team: first(await api.listTeams({ limit: 1 })),
    decision: first(await api.listDecisions({ effect: "ask", limit: 1 })),
  }
}
